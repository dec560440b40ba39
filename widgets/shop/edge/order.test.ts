import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, eur, eva, home, openShop, type PlacedJson, tokenOf } from './testing.ts';

type Refused = { code: string; options: { detail?: string; errors?: { pointer: string; message: string }[] } };

test('EC-01 of 100 who order the last one, one gets it; it is reserved, and gone once it is paid', async t => {
  const shop = await openShop(t, { stock: 1 });
  const [variant] = shop.variants as [string];
  const lines = [{ variant, quantity: 1 }];
  const { version } = await shop.price(lines, { shipping: shop.pickup });
  const body = { lines, shipping: shop.pickup, payment: 'pickup', version };
  const orders = Array.from({ length: 100 }, (_, i) =>
    shop.ask<PlacedJson>('order', { ...body, name: `N${i}`, email: `n${i}@example.com` }, `caller ${i}`),
  );
  const results = await Promise.allSettled(orders);
  const outcome = codesOf(results);
  assert.equal(outcome.filter(code => code === 'ok').length, 1);
  assert.equal(outcome.filter(code => code === 'OUT_OF_STOCK').length, 99, outcome.join(' '));
  assert.deepEqual(await shop.level(variant), [1, 1]);
  const placed = results.find(result => result.status === 'fulfilled')!.value;
  await shop.step(placed.id, 'pay');
  assert.deepEqual(await shop.level(variant), [0, 0]);
});

test('EC-02 a cart with more than there is reserves nothing and names each line; backorder sells on', async t => {
  const shop = await openShop(t, { stock: 2, prices: [1000, 2000, 3000] });
  const [a, b, c] = shop.variants as [string, string, string];
  const lines = [
    { variant: a, quantity: 3 },
    { variant: b, quantity: 2 },
    { variant: c, quantity: 2 },
    { variant: c, quantity: 1 },
  ];
  await assert.rejects(shop.order(lines), ({ code, options }: Refused) => {
    assert.equal(code, 'OUT_OF_STOCK');
    assert.deepEqual(
      options.errors?.map(error => [error.pointer, error.message]),
      [
        ['/lines/0', 'Of Mug 0 there are 2 left'],
        ['/lines/2', 'Of Mug 2 there are 2 left'],
        ['/lines/3', 'Of Mug 2 there are 2 left'],
      ],
    );
    return true;
  });
  for (const variant of shop.variants) assert.deepEqual(await shop.level(variant), [2, 0]);
  await shop.engine.update(shop.engine.actors.admin, 'shop', 'variant', a, { allowBackorder: true });
  await shop.order([{ variant: a, quantity: 3 }]);
  assert.deepEqual(await shop.level(a), [2, 3]);
});

test('many who order from plenty all get theirs, with numbers one after the other', async t => {
  const shop = await openShop(t, { stock: 30 });
  const [variant] = shop.variants as [string];
  const orders = Array.from({ length: 30 }, (_, i) =>
    shop.order([{ variant, quantity: 1 }], { email: `n${i}@example.com` }, `caller ${i}`),
  );
  const numbers = (await Promise.all(orders)).map(({ number }) => number).sort();
  assert.deepEqual(
    numbers,
    Array.from({ length: 30 }, (_, i) => `2026-${String(i + 1).padStart(4, '0')}`),
  );
  assert.deepEqual(await shop.level(variant), [30, 30]);
});

test('EC-10 a price that changed since is refused with what differs, and nothing is held', async t => {
  const shop = await openShop(t, { prices: [1000, 2000] });
  const { engine } = shop;
  const [variant, other] = shop.variants as [string, string];
  const lines = [
    { variant, quantity: 2 },
    { variant: other, quantity: 1 },
  ];
  const cart = { lines, shipping: shop.post };
  const { version, total } = await shop.price(lines, { shipping: shop.post });
  assert.deepEqual(total, eur(4500));
  await engine.update(engine.actors.admin, 'shop', 'variant', variant, { price: eur(1250) });
  const body = { ...cart, version, payment: 'transfer', address: home, ...eva };
  await assert.rejects(shop.ask('order', body), ({ code, options }: Refused) => {
    assert.equal(code, 'PRICE_CHANGED');
    assert.equal(options.detail, 'The total is €50.00 now.');
    assert.deepEqual(
      options.errors?.map(error => [error.pointer, error.message]),
      [
        ['/lines/0', '€10.00 → €12.50'],
        ['/total', '€45.00 → €50.00'],
      ],
    );
    return true;
  });
  for (const forged of ['x', 'x.1', `${version}.zz`, version.replace(/^.{22}/, 'A'.repeat(22))]) {
    await assert.rejects(shop.ask('order', { ...body, version: forged }), { code: 'PRICE_CHANGED' });
  }
  assert.deepEqual(await shop.level(variant), [10, 0]);
  const again = await shop.price(lines, { shipping: shop.post });
  assert.equal((await shop.ask<PlacedJson>('order', { ...body, version: again.version })).total.amount, 5000);
});

test('EC-10 a code is good to the last second of its day on the clock of the shop, and not after it', async t => {
  const shop = await openShop(t, { now: '2026-04-01T21:59:59.999Z' });
  const { engine } = shop;
  const endsAt = '2026-04-01T22:00:00Z';
  await engine.create(engine.actors.admin, 'shop', 'promotion', {
    code: 'APRIL',
    kind: 'percent',
    percent: '10',
    endsAt,
  });
  const lines = [{ variant: shop.variants[0]!, quantity: 1 }];
  const { version, discount } = await shop.price(lines, { code: 'april', shipping: shop.pickup });
  assert.deepEqual(discount, eur(100));
  engine.now += 1;
  const body = { lines, code: 'april', shipping: shop.pickup, payment: 'pickup', version, ...eva };
  await assert.rejects(shop.ask('order', body), { code: 'CODE_EXPIRED' });
  assert.equal((await shop.price(lines, { code: 'april' })).code?.problem, 'CODE_EXPIRED');
});

test('EC-12 of 50 orders with a code of one use, one has it; a cancelled order gives it back', async t => {
  const shop = await openShop(t, { stock: 100 });
  const { engine } = shop;
  const promotion = { code: 'ONCE', kind: 'fixed', amount: eur(300), usageLimit: 1 };
  const { id } = await engine.create(engine.actors.admin, 'shop', 'promotion', promotion);
  const lines = [{ variant: shop.variants[0]!, quantity: 1 }];
  const { version, total } = await shop.price(lines, { code: 'ONCE', shipping: shop.pickup });
  assert.deepEqual(total, eur(700));
  const body = { lines, code: 'ONCE', shipping: shop.pickup, payment: 'pickup', version };
  const orders = Array.from({ length: 50 }, (_, i) =>
    shop.ask<PlacedJson>('order', { ...body, name: 'N', email: `n${i}@example.com` }, `caller ${i}`),
  );
  const results = await Promise.allSettled(orders);
  const outcome = codesOf(results);
  assert.equal(outcome.filter(code => code === 'ok').length, 1);
  assert.equal(outcome.filter(code => code === 'CODE_USED_UP').length, 49, outcome.join(' '));
  const used = async () => (await engine.get<{ used: number }>(engine.actors.admin, 'shop', 'promotion', id)).used;
  assert.equal(await used(), 1);
  assert.deepEqual(await shop.level(shop.variants[0]!), [100, 1], 'who did not get the code holds nothing');
  const { url } = results.find(result => result.status === 'fulfilled')!.value;
  await shop.ask('cancel', { token: tokenOf(url) });
  await shop.ask('cancel', { token: tokenOf(url) });
  assert.equal(await used(), 0);
  assert.deepEqual(await shop.level(shop.variants[0]!), [100, 0]);
  await shop.order(lines, { code: 'ONCE' });
  assert.equal(await used(), 1);
});

test('a code for each customer once is judged by the person, and a cancelled order does not count', async t => {
  const shop = await openShop(t, { stock: 100 });
  const { engine } = shop;
  const promotion = { code: 'HELLO', kind: 'percent', percent: '15', perCustomer: 1 };
  await engine.create(engine.actors.admin, 'shop', 'promotion', promotion);
  const lines = [{ variant: shop.variants[0]!, quantity: 1 }];
  const first = await shop.order(lines, { code: 'hello' });
  await assert.rejects(shop.order(lines, { code: 'HELLO', name: 'Other name' }), { code: 'CODE_USED_UP' });
  await shop.order(lines, { code: 'HELLO', email: 'other@example.com' });
  await shop.ask('cancel', { token: tokenOf(first.url) });
  await shop.order(lines, { code: 'HELLO' });
});

test('the same key places one order, and its reply has the number and the link again', async t => {
  const shop = await openShop(t);
  const lines = [{ variant: shop.variants[0]!, quantity: 1 }];
  const { version } = await shop.price(lines, { shipping: shop.pickup });
  const body = { lines, shipping: shop.pickup, payment: 'transfer', version, ...eva };
  const [first, second] = await Promise.all([1, 2].map(() => shop.ask<PlacedJson>('order', body, 'c', 'key-1')));
  assert.deepEqual(second, first);
  assert.equal(first!.number, '2026-0001');
  assert.ok(first!.payment.instructions?.endsWith('Reference: 2026-0001'));
  assert.deepEqual(await shop.level(shop.variants[0]!), [10, 1]);
});

test('what is missing from an order is said', async t => {
  const shop = await openShop(t, { settings: { onDelivery: false, transfer: false } });
  const { engine } = shop;
  const { admin } = engine.actors;
  const [variant] = shop.variants as [string];
  const lines = [{ variant, quantity: 1 }];
  const { version } = await shop.price(lines, { shipping: shop.post });
  const body = { lines, shipping: shop.post, payment: 'pickup', version, ...eva };
  const refuses = (more: object, code: string) => assert.rejects(shop.ask('order', { ...body, ...more }), { code });
  await refuses({ lines: [] }, 'EMPTY_CART');
  await refuses({ shipping: 'unknown' }, 'UNKNOWN_SHIPPING');
  await refuses({}, 'UNKNOWN_PAYMENT');
  await refuses({ code: 'nothing' }, 'UNKNOWN_CODE');
  await refuses({ lines: [{ variant: 'unknown', quantity: 1 }] }, 'NOT_OFFERED');
  await refuses({ lines: [{ variant, quantity: 0 }] }, 'VALIDATION_FAILED');
  await refuses({ lines: [{ variant, quantity: 100 }] }, 'VALIDATION_FAILED');
  await refuses({ lines: [{ variant, quantity: 1, unit: eur(1) }] }, 'VALIDATION_FAILED');
  await engine.update(admin, 'shop', 'product', shop.products[0]!, { status: 'draft' });
  await refuses({}, 'NOT_OFFERED');
  await engine.update(admin, 'shop', 'product', shop.products[0]!, { status: 'active' });
  const abroad = { ...home, country: 'US' };
  await engine.update(admin, 'shop', 'shippingMethod', shop.post, { countries: ['CZ', 'DE'] });
  await refuses({ address: abroad }, 'UNKNOWN_SHIPPING');
  const delivered = await openShop(t, { settings: { onDelivery: true } });
  const cart = [{ variant: delivered.variants[0]!, quantity: 1 }];
  const to = { shipping: delivered.post, payment: 'delivery' };
  await assert.rejects(delivered.order(cart, to), { code: 'ADDRESS_REQUIRED' });
  const { id } = await delivered.order(cart, { ...to, address: home });
  assert.equal((await delivered.find(id)).status, 'open');
});

test('one address holds goods of so many unpaid orders, and no more', async t => {
  const shop = await openShop(t, { stock: 100 });
  const lines = [{ variant: shop.variants[0]!, quantity: 1 }];
  for (let i = 0; i < 20; i++) await shop.order(lines, {}, 'crowd');
  await assert.rejects(shop.order(lines, {}, 'crowd'), { code: 'TOO_MANY_ORDERS' });
  await shop.order(lines, {}, 'somebody else');
  shop.engine.now += 3_600_001;
  await shop.order(lines, {}, 'crowd');
});

test('an order keeps which campaign brought whoever ordered; its page says nothing of it', async t => {
  const { engine, variants, pickup, price, ask } = await openShop(t);
  const lines = [{ variant: variants[0]!, quantity: 1 }];
  const { version } = await price(lines, { shipping: pickup });
  const body = { lines, shipping: pickup, payment: 'pickup', version, name: 'Eva', email: 'eva@mail.example' };
  const campaign = { campaign: 'Spring sale', source: 'letter', medium: 'e-mail' };
  const { visitor, staff } = engine.actors;
  const { id, url } = await engine.call<PlacedJson>(visitor, 'shop', 'order', body, { campaign });
  const kept = await engine.get(staff, 'shop', 'order', id);
  assert.deepEqual(
    [kept['campaign'], kept['campaignSource'], kept['campaignMedium'], kept['campaignTerm']],
    ['Spring sale', 'letter', 'e-mail', null],
  );
  assert.doesNotMatch(JSON.stringify(await ask('view', { token: tokenOf(url) })), /campaign|Spring/i);
});
