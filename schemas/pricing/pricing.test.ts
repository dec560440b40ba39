import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cart, percentOf, priceOf, rateOf, refundOfUnits, taxOf } from './index.ts';

const line = (unit: number, quantity = 1, rate = 0) => ({ unit, quantity, rate });
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

test('EC-07 10.00 over 19.99, 29.99 and 50.01 is 2.00, 3.00 and 5.00, and each line is taxed on what is left', () => {
  const cart = { lines: [line(1999, 1, 210_000), line(2999, 1, 210_000), line(5001, 1, 100_000)] };
  const discount = { kind: 'fixed', amount: 1000 } as const;
  const priced = priceOf({ ...cart, discount, taxIncluded: true });
  assert.deepEqual(
    priced.lines.map(({ discount: off }) => off),
    [200, 300, 500],
  );
  assert.deepEqual(
    priced.lines.map(({ total, rate, tax }) => [total, tax, taxOf(total, rate, true)]),
    [
      [1799, 312, 312],
      [2699, 468, 468],
      [4501, 409, 409],
    ],
  );
  assert.deepEqual(priced.taxes, [
    { rate: 210_000, amount: 780 },
    { rate: 100_000, amount: 409 },
  ]);
  assert.equal(priced.total, 8999);
});

test('MO-02 an amount with its tax in it is split so that both parts re-add', () => {
  const cases = [
    [9999, 21, 1735],
    [1000, 20, 167],
    [999, 20, 166],
    [100, 19, 16],
    [1190, 19, 190],
    [12_440, 8, 921],
    [280, 21, 49],
  ] as const;
  for (const [gross, percent, tax] of cases) assert.equal(taxOf(gross, rateOf(String(percent)), true), tax);
});

test('MO-11 tax on top: 2 x 30 at 10 % and 5 at 50 % is 65 and 8.50; a discount of 10 on 2 x 50 leaves 99', () => {
  const first = priceOf({ lines: [line(3000, 2, 100_000), line(500, 1, 500_000)], taxIncluded: false });
  assert.deepEqual([first.subtotal, first.tax, first.total], [6500, 850, 7350]);
  const discount = { kind: 'fixed', amount: 1000 } as const;
  const second = priceOf({ lines: [line(5000, 2, 100_000)], discount, taxIncluded: false });
  assert.deepEqual([second.tax, second.total], [900, 9900]);
});

test('MO-10 99 with 10 % in it and 9 taken off is 90.00, of which 8.18 is tax', () => {
  const discount = { kind: 'fixed', amount: 900 } as const;
  const { total, tax } = priceOf({ lines: [line(9900, 1, 100_000)], discount, taxIncluded: true });
  assert.deepEqual([total, tax], [9000, 818]);
});

test('what is taken off is never more than the goods, and delivery is free by code or from a sum on', () => {
  const lines = [line(500)];
  const delivery = { price: 600, freeFrom: 400, rate: 0 };
  const off = (amount: number) => priceOf({ lines, discount: { kind: 'fixed', amount }, delivery, taxIncluded: true });
  assert.deepEqual([off(9000).discount, off(9000).total], [500, 600]);
  assert.deepEqual([off(100).total, off(101).total], [400, 399 + 600], 'the discount counts first');
  const free = priceOf({
    lines,
    discount: { kind: 'freeShipping' },
    delivery: { price: 600, rate: 0 },
    taxIncluded: true,
  });
  assert.equal(free.total, 500);
  assert.equal(priceOf({ lines: [], taxIncluded: true }).total, 0);
});

test('EC-08 one of three: 6.67, 6.67 and 6.66 with 1.11 of tax each, together exactly what was paid', () => {
  const discount = { kind: 'fixed', amount: 1000 } as const;
  const { lines, total, tax } = priceOf({ lines: [line(1000, 3, 200_000)], discount, taxIncluded: true });
  assert.deepEqual([total, tax, total - tax], [2000, 333, 1667]);
  const paid = { quantity: 3, total: lines[0]!.total, tax: lines[0]!.tax, taxIncluded: true };
  const units = [0, 1, 2].map(refunded => refundOfUnits({ ...paid, refunded }, 1));
  assert.deepEqual(units, [
    { amount: 667, tax: 111 },
    { amount: 667, tax: 111 },
    { amount: 666, tax: 111 },
  ]);
  assert.deepEqual(refundOfUnits({ ...paid, refunded: 0 }, 3), { amount: 2000, tax: 333 });
  assert.throws(() => refundOfUnits({ ...paid, refunded: 2 }, 2), RangeError);
  assert.throws(() => refundOfUnits({ ...paid, refunded: 0 }, 0), RangeError);
});

test('rates are read and written as people write them', () => {
  for (const [text, rate] of [
    ['21', 210_000],
    ['2.5', 25_000],
    ['0', 0],
    ['100', 1_000_000],
    ['0.0001', 1],
  ] as const) {
    assert.equal(rateOf(text), rate);
    assert.equal(percentOf(rate), text);
  }
  assert.equal(rateOf('21.000'), 210_000);
  for (const text of ['', '-1', '1.00001', 'x', '1,5']) assert.throws(() => rateOf(text), RangeError);
});

const amount = fc.integer({ min: 0, max: 5_000_000 });
const rate = fc.integer({ min: 0, max: 1_000_000 });
const cart = fc.record<Cart>({
  lines: fc.array(fc.record({ unit: amount, quantity: fc.integer({ min: 1, max: 99 }), rate }), { maxLength: 12 }),
  discount: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), rate }),
      fc.record({ kind: fc.constant('fixed' as const), amount }),
      fc.constant({ kind: 'freeShipping' as const }),
    ),
    { nil: undefined },
  ),
  delivery: fc.option(fc.record({ price: amount, freeFrom: fc.option(amount, { nil: undefined }), rate }), {
    nil: undefined,
  }),
  taxIncluded: fc.boolean(),
});

test('lines, delivery, tax and reasons re-add to the total, whatever is in the cart', () => {
  fc.assert(
    fc.property(cart, input => {
      const priced = priceOf(input);
      const { lines, subtotal, discount, delivery, tax, taxes, total, why } = priced;
      const onTop = input.taxIncluded ? 0 : tax;
      assert.equal(sum(lines.map(item => item.total)) + delivery.price + onTop, total);
      assert.equal(sum(lines.map(item => item.discount)), discount);
      assert.equal(sum(lines.map(item => item.subtotal)), subtotal);
      assert.equal(sum(lines.map(item => item.tax)) + delivery.tax, tax);
      assert.equal(sum(taxes.map(item => item.amount)), tax);
      assert.equal(sum(why.map(item => item.amount)), total);
      for (const item of lines) assert.ok(item.total >= 0 && item.discount >= 0 && item.tax >= 0);
      assert.ok(total >= 0);
    }),
    { numRuns: 500 },
  );
});

test('turning the lines round changes no total', () => {
  fc.assert(
    fc.property(cart, input => {
      const turned = priceOf({ ...input, lines: [...input.lines].reverse() });
      const straight = priceOf(input);
      assert.deepEqual([turned.subtotal, turned.discount], [straight.subtotal, straight.discount]);
      // Which of two equal lines gets the odd unit, and with it which rate, is a matter of their order.
      if (!input.discount && input.taxIncluded) assert.equal(turned.tax, straight.tax);
      if (input.taxIncluded) assert.equal(turned.total, straight.total);
    }),
    { numRuns: 300 },
  );
});

test('units come back for exactly what their line cost, however they are grouped', () => {
  const groups = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(groups, amount, amount, fc.boolean(), (parts, total, most, taxIncluded) => {
      const tax = Math.min(total, most);
      let refunded = 0;
      const back = parts.map(units => {
        const part = refundOfUnits({ quantity: sum(parts), total, tax, taxIncluded, refunded }, units);
        refunded += units;
        return part;
      });
      assert.equal(sum(back.map(part => part.amount)), total + (taxIncluded ? 0 : tax));
      assert.equal(sum(back.map(part => part.tax)), tax);
    }),
    { numRuns: 300 },
  );
});
