/** What an action that asks for a proof hands out, and how the proof comes back. */

/** Header that a proof comes back in. */
export const proofHeader = 'Inlay-Proof';

interface Challenge {
  /** Comes back as it is, with `~` and the solution or token behind it. */
  readonly challenge: string;
  readonly seed: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** Puzzles that the browser solves by itself. */
export interface WorkChallenge extends Challenge {
  readonly kind: 'work';
  readonly bits: number;
}

/** A token of Cloudflare Turnstile, with `seed` as its cData. */
export interface TurnstileChallenge extends Challenge {
  readonly kind: 'turnstile';
  readonly action: string;
  /** Address of our page that is shown in a frame and has the service's script. */
  readonly frame: string;
}

/** Reply of `POST .../actions/{action}/challenge`. */
export type CaptchaChallenge = WorkChallenge | TurnstileChallenge;

/** Body of `POST .../actions/{action}/challenge`. */
export interface ChallengeRequest {
  /** The browser cannot reach this service; there is work in its place, more than usual. */
  readonly without?: 'turnstile';
}
