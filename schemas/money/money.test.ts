import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as room from './index.ts';

const { add, allocate, compare, exponentOf, formatMoney, money, negate, parseMinor, roundHalfEven, roundHalfUp } = room;

test('MO-01 largest remainder, ties by order', () => {
  assert.deepEqual(allocate(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(allocate(101, [1, 1, 1, 1]), [26, 25, 25, 25]);
  assert.deepEqual(allocate(5, [1, 1, 1]), [2, 2, 1]);
  assert.deepEqual(allocate(999, [50, 30, 20]), [499, 300, 200]);
  assert.deepEqual(allocate(1000, [1999, 2999, 5001]), [200, 300, 500]);
});

test('a negative total mirrors the positive one', () => {
  assert.deepEqual(allocate(-100, [1, 1, 1]), [-34, -33, -33]);
  assert.deepEqual(allocate(-1, [1, 0, 1]), [-1, 0, 0]);
  assert.ok(allocate(-1, [1, 0]).every(share => !Object.is(share, -0)));
});

test('what cannot be shared is refused', () => {
  assert.deepEqual(allocate(0, [0, 0]), [0, 0]);
  assert.deepEqual(allocate(0, []), []);
  for (const weights of [[], [0, 0], [1, -1], [0.5], [Number.NaN]])
    assert.throws(() => allocate(1, weights), RangeError);
  assert.throws(() => allocate(0.5, [1]), RangeError);
});

const amount = fc.maxSafeInteger();
const weights = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.maxSafeNat()), { minLength: 1, maxLength: 12 });

test('shares add up to the total and lie within one unit of the exact part', () => {
  fc.assert(
    fc.property(amount, weights, (total, parts) => {
      const all = parts.reduce((sum, part) => sum + BigInt(part), 0n);
      fc.pre(all > 0n);
      const shares = allocate(total, parts);
      assert.equal(
        shares.reduce((sum, share) => sum + BigInt(share), 0n),
        BigInt(total),
      );
      for (const [index, share] of shares.entries()) {
        const gap = BigInt(share) * all - BigInt(total) * BigInt(parts[index]!);
        assert.ok(gap < all && gap > -all);
      }
      assert.deepEqual(
        allocate(0 - total, parts),
        shares.map(share => 0 - share),
      );
    }),
    { numRuns: 300 },
  );
});

test('permuting the lines permutes the shares, apart from ties', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5000, max: 5000 }),
      fc.array(fc.nat(50), { minLength: 2, maxLength: 8 }),
      (total, parts) => {
        const all = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(all > 0);
        const order = parts.map((_, index) => index).reverse();
        const shares = allocate(total, parts);
        const turned = allocate(
          total,
          order.map(index => parts[index]!),
        );
        const rest = (index: number) => (Math.abs(total) * parts[index]!) % all;
        for (const [at, index] of order.entries()) {
          const tied = order.some(other => other !== index && rest(other) === rest(index));
          if (!tied) assert.equal(turned[at], shares[index]);
          else assert.ok(Math.abs(turned[at]! - shares[index]!) <= 1);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a half goes away from zero, or to the even number', () => {
  assert.deepEqual(
    [5, -5, 15, 25, 4, 6].map(n => roundHalfUp(n, 10)),
    [1, -1, 2, 3, 0, 1],
  );
  assert.deepEqual(
    [5, -5, 15, 25, 35, -35].map(n => roundHalfEven(n, 10)),
    [0, 0, 2, 2, 4, -4],
  );
  assert.equal(roundHalfUp(5, -10), -1);
  assert.equal(roundHalfUp(1005, 1000), 1);
  assert.equal(roundHalfUp(9_007_199_254_740_991n * 210_000n, 1_000_000n), 1_891_511_843_495_608);
  assert.throws(() => roundHalfUp(1, 0), RangeError);
  assert.throws(() => roundHalfUp(2n ** 60n, 1), RangeError);
  assert.throws(() => roundHalfUp(0.5, 1), RangeError);
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 1_000_000 }), (top, bottom) => {
      for (const rounded of [roundHalfUp(top, bottom), roundHalfEven(top, bottom)]) {
        const twice = 2n * (BigInt(rounded) * BigInt(bottom) - BigInt(top));
        assert.ok(twice <= BigInt(bottom) && twice >= -BigInt(bottom));
      }
      assert.equal(roundHalfUp(-top, bottom), 0 - roundHalfUp(top, bottom));
    }),
    { numRuns: 300 },
  );
});

test('currencies do not mix', () => {
  assert.deepEqual(add(money(100, 'EUR'), money(-30, 'EUR')), money(70, 'EUR'));
  assert.deepEqual(negate(money(0, 'EUR')), { amount: 0, currency: 'EUR' });
  assert.ok(compare(money(1, 'EUR'), money(2, 'EUR')) < 0);
  assert.throws(() => add(money(1, 'EUR'), money(1, 'CZK')), { code: 'VALIDATION_FAILED' });
  assert.throws(() => compare(money(1, 'EUR'), money(1, 'CZK')), { code: 'VALIDATION_FAILED' });
  assert.throws(() => add(money(Number.MAX_SAFE_INTEGER, 'EUR'), money(1, 'EUR')), RangeError);
  assert.throws(() => money(1.5, 'EUR'), RangeError);
  assert.throws(() => money(1, 'eur'), RangeError);
});

test('minor units follow ISO 4217', () => {
  const digits = { JPY: 0, ISK: 0, USD: 2, HUF: 2, KWD: 3, IQD: 3, TND: 3, CLF: 4, UYW: 4 };
  for (const [code, exponent] of Object.entries(digits)) assert.equal(exponentOf(code), exponent, code);
  assert.equal(new Set(room.currencies).size, room.currencies.length);
  assert.ok(!room.isCurrency('XXX'));
});

test('decimals are read exactly', () => {
  assert.equal(parseMinor('12.3', 'EUR'), 1230);
  assert.equal(parseMinor(' -0.05 ', 'EUR'), -5);
  assert.equal(parseMinor('12.300', 'EUR'), 1230);
  assert.equal(parseMinor('1.005', 'KWD'), 1005);
  assert.equal(parseMinor('1.15', 'EUR'), 115);
  assert.ok(Object.is(parseMinor('-0', 'JPY'), 0));
  for (const text of ['', '12.345', '1,50', '.5', '1e3', '99999999999999999', '--1'])
    assert.equal(parseMinor(text, 'EUR'), undefined, text);
  assert.equal(parseMinor('1.5', 'JPY'), undefined);
  fc.assert(
    fc.property(amount, fc.constantFrom('JPY', 'EUR', 'KWD', 'CLF'), (units, currency) => {
      assert.equal(parseMinor(room.toDecimal(money(units, currency)), currency), units === 0 ? 0 : units);
    }),
    { numRuns: 300 },
  );
});

test('amounts are written the way of the reader, to the last digit', () => {
  const plain = (text: string) => text.replaceAll(/\s/g, ' ');
  assert.equal(plain(formatMoney(money(123456, 'CZK'), 'cs')), '1 234,56 Kč');
  assert.equal(formatMoney(money(-1005, 'USD'), 'en-US'), '-$10.05');
  assert.equal(formatMoney(money(1500, 'JPY'), 'en-US'), '¥1,500');
  assert.equal(plain(formatMoney(money(1500, 'IQD'), 'en-US')), 'IQD 1.500');
  assert.equal(formatMoney(money(Number.MAX_SAFE_INTEGER, 'USD'), 'en-US'), '$90,071,992,547,409.91');
});

test('every currency is written in the digits that its amounts are kept in, whatever Intl would take', () => {
  const part = (text: string) => /\d([.,]\d+)?$/.exec(text)?.[1]?.length ?? 0;
  const cut = room.currencies.filter(currency => {
    const options = { style: 'currency', currency } as const;
    return new Intl.NumberFormat('en', options).resolvedOptions().maximumFractionDigits !== exponentOf(currency);
  });
  assert.ok(cut.includes('HUF') && cut.includes('IQD'), cut.join(' '));
  for (const currency of room.currencies) {
    const digits = exponentOf(currency);
    assert.equal(digits, room.minorDigits(currency));
    assert.equal(part(formatMoney(money(7, currency), 'en')), digits && digits + 1, currency);
  }
});

test('of all currencies those of ISO 4217 have no minor unit, or one of three or four digits', () => {
  const of = (digits: number) => room.currencies.filter(code => room.minorDigits(code) === digits).join(' ');
  assert.equal(of(0), 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF');
  assert.equal(of(3), 'BHD IQD JOD KWD LYD OMR TND');
  assert.equal(of(4), 'CLF UYW');
});
