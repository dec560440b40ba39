/** Asks the service that a visitor's browser proved itself to whether a token is one of its own. */
export interface CaptchaToken {
  /** The site's secret at the service. */
  readonly secret: string;
  readonly token: string;
  /** UUID of this proof: asking again with it gives the answer of the first time. */
  readonly id: string;
}

export type CaptchaVerdict =
  | {
      readonly verdict: 'passed';
      /** Host name of the page that the browser proved itself on. */
      readonly hostname: string;
      readonly action: string;
      /** What the page gave along; nobody can change it on the way. */
      readonly data: string;
    }
  /** `unknown-secret`: the service has no site with this secret. */
  | { readonly verdict: 'refused' | 'spent' | 'unknown-secret' }
  /** Nothing is known about the token. */
  | { readonly verdict: 'no-answer'; readonly reason: string };

export interface CaptchaService {
  /** Never throws. */
  verify(token: CaptchaToken): Promise<CaptchaVerdict>;
}
