/** A manifest's identity: the SHA-256 of its canonical JSON (RFC 8785: members by name, no space). */
import { createHash } from 'node:crypto';

/** Manifests hold strings, booleans and numbers that JSON.stringify writes as RFC 8785 does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Base64url. */
export const manifestHash = (manifest: unknown): string =>
  createHash('sha256').update(canonicalJson(manifest)).digest('base64url');
