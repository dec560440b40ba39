/** Short random names of lower-case letters and digits. */
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Bytes from here on would favour the first letters. */
const UNBIASED = 256 - (256 % ALPHABET.length);

/** About 5.2 bits for each character. */
export function shortId(length: number): string {
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      if (byte < UNBIASED && id.length < length) id += ALPHABET[byte % ALPHABET.length];
    }
  }
  return id;
}
