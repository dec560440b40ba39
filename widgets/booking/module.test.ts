/** The contract that every module keeps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testModule } from '../../tests/support/module-contract.ts';
import { bookingCode } from './edge/index.ts';
import { bookingModules } from './edge/testing.ts';

// The contract compares keys letter by letter, and languages have different plural forms (Unicode CLDR): compared below without them.
const [first, ...required] = bookingModules();
testModule([{ ...first!, code: { ...first!.code!, strings: {} } }, ...required]);

test('strings in every language have the same keys, plural forms aside', () => {
  const keys = Object.values(bookingCode.strings ?? {}).map(strings => [
    ...new Set(Object.keys(strings).map(key => key.replace(/\.(?:zero|one|two|few|many|other)$/, ''))),
  ]);
  assert.equal(keys.length, 4);
  for (const other of keys) assert.deepEqual(other.sort(), keys[0]!.sort());
});
