/** The first 32 bits of SHA-256 (FIPS 180-4) of a message of one block: quicker than the platform's own, which is a promise for each. */

const rounds = 64;
const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every(prime => n % prime)) found.push(n);
  return found;
};
/** The first 32 bits of the fraction. */
const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0;
const K = Int32Array.from(primes(rounds), prime => fraction(Math.cbrt(prime)));
const H = Int32Array.from(primes(8), prime => fraction(Math.sqrt(prime)));
const W = new Int32Array(rounds);

/** `words` are the message, at most 13 of them, big-endian. The result is unsigned. */
export function shortHash(words: ArrayLike<number>): number {
  const { length } = words;
  for (let i = 0; i < 16; i++) W[i] = i < length ? words[i]! : 0;
  W[length] = 0x80000000;
  W[15] = length * 32;
  for (let i = 16; i < rounds; i++) {
    const x = W[i - 15]!;
    const y = W[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16]! + s0 + W[i - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = H as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < rounds; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + W[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (a + H[0]!) >>> 0;
}
