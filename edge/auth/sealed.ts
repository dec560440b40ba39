/** Secrets at rest: AES-256-GCM under a key that HKDF derives from the master key for one purpose. */
import { Buffer } from 'node:buffer';
import type { CryptoKey } from 'jose';

const IV_BYTES = 12;

export interface Sealer {
  /** `context` is bound to the result: what was sealed for one row opens for no other. */
  seal(plain: string, context: string): Promise<string>;
  /** Throws when the text was altered, or sealed under another key or context. */
  open(sealed: string, context: string): Promise<string>;
}

/** `purpose` keeps keys of different uses apart, such as `signing-key`. */
export function createSealer(masterKey: Uint8Array, purpose: string): Sealer {
  let key: CryptoKey | undefined;
  const derived = async (): Promise<CryptoKey> => {
    key ??= await deriveKey(masterKey, purpose);
    return key;
  };
  const algorithm = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(context),
  });
  return {
    async seal(plain, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const bytes = await crypto.subtle.encrypt(
        algorithm(iv, context),
        await derived(),
        new TextEncoder().encode(plain),
      );
      return `v1.${Buffer.from(iv).toString('base64url')}.${Buffer.from(bytes).toString('base64url')}`;
    },
    async open(sealed, context) {
      const [version, iv = '', bytes = ''] = sealed.split('.');
      if (version !== 'v1') throw new Error('This is not a sealed text.');
      const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
      const plain = await crypto.subtle.decrypt(algorithm(decode(iv), context), await derived(), decode(bytes));
      return new TextDecoder().decode(plain);
    },
  };
}

async function deriveKey(masterKey: Uint8Array, purpose: string): Promise<CryptoKey> {
  if (masterKey.byteLength < 32) throw new Error('The master key must have 32 bytes.');
  const base = await crypto.subtle.importKey('raw', new Uint8Array(masterKey), 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(`inlay:${purpose}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
