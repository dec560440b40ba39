/** What an action that asks for a proof hands out, and how the proof comes back. */

/** Header that a proof comes back in. */
export const proofHeader = 'Inlay-Proof';

/** Reply of `POST .../actions/{action}/challenge`. */
export interface CaptchaChallenge {
  /** What has to be done; an adapter for another kind brings its own members. */
  readonly kind: 'work';
  /** Comes back as it is, with `~` and the solution behind it. */
  readonly challenge: string;
  readonly seed: string;
  readonly bits: number;
  /** RFC 3339. */
  readonly expiresAt: string;
}
