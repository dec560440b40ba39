/**
 * A proof of work: many small puzzles instead of a large one, so that two visitors with the same device wait about as long.
 * Each asks for a number whose hash, together with the seed and the puzzle's index, begins with some zero bits.
 */
import { shortHash } from './short-hash.ts';

export const puzzles = 16;

export interface Work {
  /** 128 bits as base64url. */
  readonly seed: string;
  /** Zero bits asked of each hash, from 1 to 24: a proof takes about `puzzles * 2 ** bits` hashes. */
  readonly bits: number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648 section 5); undefined for text that is none. */
export const toBytes = (text: string): Uint8Array | undefined => {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return Uint8Array.from(bytes);
};

export const toText = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < Math.min(4, bytes.length - i + 1); j++) text += alphabet[(three >> (18 - 6 * j)) & 63];
  }
  return text;
};

const seedWords = (seed: string): number[] | undefined => {
  const bytes = toBytes(seed);
  if (bytes?.length !== 16) return undefined;
  const view = new DataView(bytes.buffer);
  return [0, 4, 8, 12].map(at => view.getUint32(at));
};

/**
 * Searches in steps: each `next()` takes about `step` hashes and tells how many puzzles are solved; at its end it hands back the
 * numbers, 4 bytes each, as base64url. Throws `RangeError` for a seed that is none.
 */
export function* search({ seed, bits }: Work, step = 500): Generator<number, string> {
  const words = seedWords(seed);
  if (!words) throw new RangeError('The seed is not 128 bits of base64url.');
  const block = Int32Array.from([...words, 0, 0]);
  const found = new DataView(new ArrayBuffer(puzzles * 4));
  let hashes = 0;
  for (let index = 0; index < puzzles; index++) {
    block[4] = index;
    let number = 0;
    for (block[5] = 0; shortHash(block) >>> (32 - bits) !== 0; block[5] = ++number) {
      if (++hashes % step === 0) yield index;
    }
    found.setUint32(index * 4, number);
  }
  return toText(new Uint8Array(found.buffer));
}

/** Whether the numbers solve the work. Never throws, whatever the text is. */
export function isSolution({ seed, bits }: Work, solution: string): boolean {
  const words = seedWords(seed);
  const bytes = solution.length === Math.ceil((puzzles * 32) / 6) ? toBytes(solution) : undefined;
  if (!words || bytes?.length !== puzzles * 4) return false;
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < puzzles; index++) {
    if (shortHash([...words, index, view.getUint32(index * 4)]) >>> (32 - bits) !== 0) return false;
  }
  return true;
}
