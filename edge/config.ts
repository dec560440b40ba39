/** What a composition root tells the app: parsed once at the door, never read from the environment elsewhere. */
export interface Config {
  readonly version: string;
  readonly host: 'node' | 'worker';
  /** Origin under which this installation is reached, without a trailing slash, such as `https://app.inlay.dev`. */
  readonly publicUrl: string;
  /** 32 random bytes that every other secret is derived from or encrypted with. */
  readonly masterKey: Uint8Array;
  /** Shows `/dev/mail` and seeds the demo agency. */
  readonly demo: boolean;
  /** Browser files are being rebuilt, so nothing of them is kept in memory. */
  readonly watch: boolean;
  /** Reverse proxies in front of the Node host that append to `X-Forwarded-For`; 0 trusts nobody. */
  readonly trustedProxies: number;
  /** What a client may keep, in bytes: all its files together, one file, and an archive that is brought in. */
  readonly files: { readonly quotaBytes: number; readonly maxBytes: number; readonly maxArchiveBytes: number };
  /** Days for which the counts of visits are kept by the hour, and by the day. */
  readonly analytics: { readonly hourly: number; readonly daily: number };
  readonly mailFrom: { readonly address: string; readonly name: string };
}
