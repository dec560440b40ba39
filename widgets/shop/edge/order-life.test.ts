import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, eur, home, openShop, tokenOf } from './testing.ts';

interface ViewJson {
  readonly number: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfilmentStatus: string;
  readonly canCancel: boolean;
  readonly tracking: string | null;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  readonly payment: { readonly id: string; readonly instructions: string | null };
  readonly placedAt: string;
  readonly total: object;
}

test('payment, fulfilment and the order go their own ways, and each step is taken once', async t => {
  const shop = await openShop(t, { settings: { onDelivery: true } });
  const [variant] = shop.variants as [string];
  const { id } = await shop.order([{ variant, quantity: 2 }], {
    shipping: shop.post,
    payment: 'delivery',
    address: home,
  });
  const state = async () => {
    const { status, paymentStatus, fulfilmentStatus } = await shop.find(id);
    return [status, paymentStatus, fulfilmentStatus];
  };
  assert.deepEqual(await state(), ['open', 'awaiting', 'unfulfilled']);
  await assert.rejects(shop.step(id, 'deliver'), { code: 'INVALID_TRANSITION' });
  await assert.rejects(shop.step(id, 'complete'), { code: 'INVALID_TRANSITION' });
  await shop.step(id, 'ship');
  assert.deepEqual(await shop.level(variant), [8, 0], 'what is paid on delivery leaves with the parcel');
  await assert.rejects(shop.step(id, 'ship'), { code: 'INVALID_TRANSITION' });
  await assert.rejects(shop.step(id, 'cancel'), { code: 'INVALID_TRANSITION' });
  await shop.step(id, 'deliver');
  await assert.rejects(shop.step(id, 'complete'), { code: 'INVALID_TRANSITION' });
  await shop.step(id, 'pay');
  assert.deepEqual(await shop.level(variant), [8, 0], 'and not a second time with the money');
  await assert.rejects(shop.step(id, 'pay'), { code: 'INVALID_TRANSITION' });
  await shop.step(id, 'complete');
  assert.deepEqual(await state(), ['completed', 'paid', 'delivered']);
});

test('two who mark an order as paid at once take its goods once', async t => {
  const shop = await openShop(t);
  const { id } = await shop.order([{ variant: shop.variants[0]!, quantity: 3 }]);
  const outcome = codesOf(await Promise.allSettled([1, 2, 3].map(() => shop.step(id, 'pay'))));
  assert.deepEqual(outcome.sort(), ['INVALID_TRANSITION', 'INVALID_TRANSITION', 'ok']);
  assert.deepEqual(await shop.level(shop.variants[0]!), [7, 0]);
});

test('payment and cancelling at once: one of them happens, and the stock is right either way', async t => {
  const shop = await openShop(t);
  const { id, url } = await shop.order([{ variant: shop.variants[0]!, quantity: 3 }]);
  await Promise.allSettled([shop.step(id, 'pay'), shop.ask('cancel', { token: tokenOf(url) })]);
  const { status, paymentStatus } = await shop.find(id);
  assert.ok((status === 'open') !== (paymentStatus === 'awaiting'), `${status} ${paymentStatus}`);
  assert.deepEqual(await shop.level(shop.variants[0]!), status === 'open' ? [7, 0] : [10, 0]);
});

test('EC-08 three units of a discounted line go back for exactly what they cost', async t => {
  const shop = await openShop(t, { settings: { taxRate: '20' } });
  const { admin } = shop.engine.actors;
  await shop.engine.create(admin, 'shop', 'promotion', { code: 'TEN', kind: 'fixed', amount: eur(1000) });
  const placed = await shop.order([{ variant: shop.variants[0]!, quantity: 3 }], { code: 'TEN' });
  assert.deepEqual(placed.total, eur(2000));
  await shop.step(placed.id, 'pay');
  const [line] = await shop.engine.list<{ id: string }>(admin, 'shop', 'orderLine');
  const back = async () => {
    const input = { order: placed.id, lines: [{ line: line!.id, quantity: 1 }], restock: true };
    const { amount, tax, paymentStatus } = await shop.desk('refund', input);
    return [amount, tax, paymentStatus];
  };
  assert.deepEqual(await back(), [eur(667), eur(111), 'partiallyRefunded']);
  assert.deepEqual(await back(), [eur(667), eur(111), 'partiallyRefunded']);
  assert.deepEqual(await back(), [eur(666), eur(111), 'refunded']);
  await assert.rejects(back(), { code: 'NOT_PAID' });
  assert.deepEqual(await shop.level(shop.variants[0]!), [10, 0]);
  assert.deepEqual((await shop.find(placed.id)).refunded, eur(2000));
});

test('EC-09 of 20.00 paid and 15.00 refunded, one of 6.00 and 5.00 goes back', async t => {
  for (let round = 0; round < 10; round++) {
    const shop = await openShop(t);
    const { id } = await shop.order([{ variant: shop.variants[0]!, quantity: 2 }]);
    const refund = (amount: number) => shop.desk('refund', { order: id, amount: eur(amount) });
    await assert.rejects(refund(100), { code: 'NOT_PAID' });
    await shop.step(id, 'pay');
    await refund(1500);
    const parallel = round % 2 ? [600, 500] : [300, 400, 300];
    const outcome = codesOf(await Promise.allSettled(parallel.map(refund))).sort();
    assert.deepEqual(outcome, [...parallel.slice(1).map(() => 'REFUND_TOO_LARGE'), 'ok']);
    const { refunded, paymentStatus } = await shop.find(id);
    assert.ok(refunded.amount > 1500 && refunded.amount <= 2000, String(refunded.amount));
    assert.equal(paymentStatus, refunded.amount === 2000 ? 'refunded' : 'partiallyRefunded');
  }
});

test('a refund of all takes what is left, shipping and tax too; then the order can be cancelled and its goods come back', async t => {
  const shop = await openShop(t, { settings: { taxRate: '10', taxIncluded: false }, prices: [999, 501] });
  const [a, b] = shop.variants as [string, string];
  const lines = [
    { variant: a, quantity: 3 },
    { variant: b, quantity: 1 },
  ];
  const { id, total } = await shop.order(lines, { shipping: shop.post, payment: 'transfer', address: home });
  assert.deepEqual(total, eur(2997 + 501 + 500 + 300 + 50 + 50));
  await shop.step(id, 'pay');
  await assert.rejects(shop.step(id, 'cancel'), { code: 'INVALID_TRANSITION' });
  const partly = await shop.desk('refund', { order: id, amount: eur(1000), reason: 'A scratch' });
  const rest = await shop.desk('refund', { order: id });
  const sum = (key: string) => [partly, rest].reduce((all, part) => all + (part[key] as { amount: number }).amount, 0);
  assert.deepEqual([sum('amount'), sum('tax')], [total.amount, 400]);
  await shop.step(id, 'cancel');
  assert.deepEqual(
    [await shop.level(a), await shop.level(b)],
    [
      [10, 0],
      [10, 0],
    ],
  );
});

test('refunds beside the order are refused: foreign lines, too many units, no amount, another currency, visitors', async t => {
  const shop = await openShop(t);
  const lines = [{ variant: shop.variants[0]!, quantity: 2 }];
  const [first, second] = [await shop.order(lines), await shop.order(lines)];
  for (const { id } of [first, second]) await shop.step(id, 'pay');
  const { admin } = shop.engine.actors;
  const rows = await shop.engine.list<{ id: string; order: string }>(admin, 'shop', 'orderLine');
  const lineOf = (order: string) => rows.find(row => row.order === order)!.id;
  const refuses = (more: object) =>
    assert.rejects(shop.desk('refund', { order: first.id, ...more }), { code: 'REFUND_TOO_LARGE' });
  await refuses({ lines: [{ line: lineOf(second.id), quantity: 1 }] });
  await refuses({ lines: [{ line: lineOf(first.id), quantity: 3 }] });
  const twice = { line: lineOf(first.id), quantity: 1 };
  await refuses({ lines: [twice, twice, twice] });
  await refuses({ amount: eur(0) });
  await refuses({ amount: { amount: 100, currency: 'USD' } });
  await assert.rejects(shop.desk('refund', { order: 'unknown' }), { code: 'UNKNOWN_ORDER' });
  await assert.rejects(shop.ask('refund', { order: first.id }), { code: 'FORBIDDEN' });
});

test('the link shows the order and takes it back while nothing has been paid or sent', async t => {
  const settings = { transferInstructions: 'CZ65 0800 0000 1920 0014 5399' };
  const shop = await openShop(t, { settings });
  const [variant] = shop.variants as [string];
  const { url } = await shop.order([{ variant, quantity: 2 }], { payment: 'transfer' });
  assert.match(url, /^https:\/\/inlay\.test\/p\/site_aaaabbbbccccdddd\/shop-order\?locale=en#[\w-]{22}$/);
  const token = tokenOf(url);
  const view = await shop.ask<ViewJson>('view', { token });
  assert.deepEqual(
    [view.number, view.status, view.canCancel, view.placedAt, view.lines.map(line => [line.name, line.quantity])],
    ['2026-0001', 'open', true, '2026-04-01T08:00:00Z', [['Mug 0', 2]]],
  );
  assert.equal(view.payment.instructions, 'CZ65 0800 0000 1920 0014 5399\nReference: 2026-0001');
  for (const wrong of ['', 'x', token.slice(1), token.toUpperCase()]) {
    await assert.rejects(shop.ask('view', { token: wrong }), { code: 'UNKNOWN_LINK' });
    await assert.rejects(shop.ask('cancel', { token: wrong }), { code: 'UNKNOWN_LINK' });
  }
  assert.deepEqual(await shop.ask('cancel', { token }), { status: 'cancelled' });
  assert.equal((await shop.ask<ViewJson>('view', { token })).canCancel, false);
  assert.deepEqual(await shop.level(variant), [10, 0]);
  const other = await shop.order([{ variant, quantity: 1 }]);
  await shop.step(other.id, 'ship');
  await assert.rejects(shop.ask('cancel', { token: tokenOf(other.url) }), { code: 'TOO_LATE' });
});

test('an order whose transfer never came lets go of its goods; one that is paid, or paid at pickup, stays', async t => {
  const shop = await openShop(t, { settings: { transferDays: 7 } });
  const [variant] = shop.variants as [string];
  const lines = [{ variant, quantity: 1 }];
  const [never, paid, collected] = [
    await shop.order(lines, { payment: 'transfer' }),
    await shop.order(lines, { payment: 'transfer' }),
    await shop.order(lines),
  ];
  await shop.step(paid.id, 'pay');
  assert.deepEqual(await shop.level(variant), [9, 2]);
  shop.engine.now += 7 * 86_400_000 - 1;
  await shop.engine.deliver();
  assert.deepEqual(await shop.level(variant), [9, 2]);
  shop.engine.now += 1;
  await shop.engine.deliver();
  const statuses = await Promise.all([never, paid, collected].map(async ({ id }) => (await shop.find(id)).status));
  assert.deepEqual(statuses, ['cancelled', 'open', 'open']);
  assert.deepEqual(await shop.level(variant), [9, 1]);
});
