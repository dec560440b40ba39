/** Password hashing with scrypt (RFC 7914), the one slow hash that both hosts run. */
import { Buffer } from 'node:buffer';
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's second choice of equal strength, which fits the memory of a Worker. */
export const SCRYPT = { ln: 14, r: 8, p: 5 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** `$scrypt$ln=14,r=8,p=5$salt$hash`: the parameters travel with the hash, so that they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, SCRYPT);
  return `$scrypt$ln=${SCRYPT.ln},r=${SCRYPT.r},p=${SCRYPT.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Takes the same time for an unknown user (`stored` undefined) as for a wrong password. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const match = PHC.exec(stored ?? NOBODY);
  if (!match) return false;
  const [, ln, r, p, salt = '', hash = ''] = match;
  const key = await derive(password, Buffer.from(salt, 'base64url'), { ln: Number(ln), r: Number(r), p: Number(p) });
  return timingSafeEqual(key, Buffer.from(hash, 'base64url')) && stored !== undefined;
}

const NOBODY = `$scrypt$ln=${SCRYPT.ln},r=${SCRYPT.r},p=${SCRYPT.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

function derive(password: string, salt: Uint8Array, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p) + 1024 * 1024 };
  // The same characters typed on another keyboard can come in another composition.
  const bytes = Buffer.from(password.normalize('NFKC'));
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
