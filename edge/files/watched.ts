/** What a body's bytes tell while they pass: their hash, and what they are. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { SNIFFED_BYTES, sniff } from './sniff.ts';

export interface Received {
  /** Lower-case hex. */
  sha256: string;
  mime: string;
}

/** Reads a body through, hashing it and keeping its first bytes; `result` is there once it has ended. */
export function watched(body: AsyncIterable<Uint8Array>, declaredType: string) {
  const hash = createHash('sha256');
  let head = new Uint8Array(0);
  const passed = async function* () {
    for await (const chunk of body) {
      hash.update(chunk);
      if (head.byteLength < SNIFFED_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFFED_BYTES)]);
      yield chunk;
    }
  };
  return { body: passed(), result: (): Received => ({ sha256: hash.digest('hex'), mime: sniff(head, declaredType) }) };
}
