import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import fc from 'fast-check';
import { shortHash } from './short-hash.ts';
import { isSolution, puzzles, search, toBytes, toText } from './work.ts';

const seed = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytes => Buffer.from(bytes).toString('base64url'));

const solve = (work: { seed: string; bits: number }): string => {
  const steps = search(work, 100);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    assert.ok(value < puzzles);
  }
};

it('the short hash is the beginning of SHA-256', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 13 }), words => {
      const bytes = Buffer.alloc(words.length * 4);
      for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, i * 4);
      assert.equal(shortHash(words), createHash('sha256').update(bytes).digest().readUInt32BE(0));
    }),
  );
});

it('text and bytes are those of base64url', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), bytes => {
      const text = Buffer.from(bytes).toString('base64url');
      assert.equal(toText(bytes), text);
      assert.deepEqual(toBytes(text), bytes);
    }),
  );
  assert.equal(toBytes('a+b'), undefined);
});

it('what the search finds is a solution of that work, and of no harder one by luck alone', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 8 }), (seed, bits) => {
      const solution = solve({ seed, bits });
      assert.ok(isSolution({ seed, bits }, solution));
      assert.ok(!isSolution({ seed, bits: bits + 12 }, solution));
    }),
    { numRuns: 50 },
  );
});

it('nothing else is one', () => {
  fc.assert(
    fc.property(
      seed,
      fc.oneof(
        fc.string({ maxLength: 200 }),
        seed.map(text => text.repeat(4).slice(0, 86)),
      ),
      (seed, text) => {
        assert.equal(isSolution({ seed, bits: 20 }, text), false);
        assert.equal(isSolution({ seed: text, bits: 20 }, solve({ seed, bits: 2 })), false);
      },
    ),
    { numRuns: 50 },
  );
  assert.throws(() => search({ seed: 'short', bits: 3 }).next(), RangeError);
});
