/** What a site has at a service that its visitors prove themselves to; the secret is readable here alone. */
import { createSealer, type Sealer } from '../auth/sealed.ts';
import type { Config } from '../config.ts';

export interface SiteCaptchaKeys {
  readonly serviceKey: string;
  readonly secretSealed: string;
}

const sealers = new WeakMap<Uint8Array, Sealer>();

const sealerOf = ({ masterKey }: Pick<Config, 'masterKey'>): Sealer => {
  const known = sealers.get(masterKey) ?? createSealer(masterKey, 'site-captcha');
  sealers.set(masterKey, known);
  return known;
};

type Key = Pick<Config, 'masterKey'>;

/** Opens for this site alone. */
export const sealSecret = (config: Key, siteId: string, secret: string): Promise<string> =>
  sealerOf(config).seal(secret, siteId);

/** Throws when the text was altered, or is another site's. */
export const openSecret = (config: Key, siteId: string, sealed: string): Promise<string> =>
  sealerOf(config).open(sealed, siteId);
