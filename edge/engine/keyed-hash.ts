/** HMAC-SHA-256 (RFC 2104) under a key that is imported once: the import costs several times a signature. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const imported = new WeakMap<Uint8Array, KeyObject>();

/** 32 bytes; quick for a key that is the same object as before. */
export function keyedHash(key: Uint8Array, text: string): Buffer {
  let ready = imported.get(key);
  if (!ready) {
    ready = createSecretKey(key);
    imported.set(key, ready);
  }
  return createHmac('sha256', ready).update(text).digest();
}
