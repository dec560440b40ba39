/** Derives the engine's keys from the master key (HKDF, RFC 5869). */
import { hkdfSync } from 'node:crypto';
import { BoundedCache } from '../auth/bounded-cache.ts';
import { keyedHash } from './keyed-hash.ts';
import type { Secrets } from './runtime.ts';

export function createSecrets(masterKey: Uint8Array): Secrets {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), purpose, 32));
  const auditKeys = new BoundedCache<Uint8Array>(20_000);
  const tokenKey = derive('inlay/token');
  const callerKey = derive('inlay/caller');
  return {
    cursorKey: derive('inlay/cursor'),
    fieldKey: clientId => derive(`inlay/field:${clientId}`),
    auditKey(clientId) {
      let key = auditKeys.get(clientId);
      if (!key) {
        key = derive(`inlay/audit:${clientId}`);
        auditKeys.set(clientId, key);
      }
      return key;
    },
    token: (clientId, parts) =>
      keyedHash(tokenKey, JSON.stringify([clientId, ...parts]))
        .subarray(0, 16)
        .toString('base64url'),
    callerHash: address => keyedHash(callerKey, address).subarray(0, 12).toString('base64url'),
  };
}
