import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eur, openShop } from './testing.ts';

test('EC-07 a discount is spread over the lines, and the explanation leads to the total', async t => {
  const shop = await openShop(t, { prices: [1999, 2999, 5001], settings: { taxRate: '21', taxIncluded: false } });
  const { engine } = shop;
  const promotion = { code: 'SPRING', label: 'Spring sale', kind: 'fixed', amount: eur(1000) };
  await engine.create(engine.actors.admin, 'shop', 'promotion', promotion);
  await engine.update(engine.actors.admin, 'shop', 'product', shop.products[2]!, { taxRate: '10' });
  const lines = shop.variants.map(variant => ({ variant, quantity: 1 }));
  const priced = await shop.price(lines, { code: 'spring', shipping: shop.post });
  assert.deepEqual(
    priced.lines.map(({ discount, total }) => [discount.amount, total.amount]),
    [
      [200, 1799],
      [300, 2699],
      [500, 4501],
    ],
  );
  assert.deepEqual(priced.tax.lines, [
    { rate: '21', amount: eur(378 + 567 + 105) },
    { rate: '10', amount: eur(450) },
  ]);
  assert.deepEqual(
    priced.why.map(({ label, amount }) => [label, amount.amount]),
    [
      ['1 × Mug 0', 1999],
      ['1 × Mug 1', 2999],
      ['1 × Mug 2', 5001],
      ['Spring sale', -1000],
      ['Parcel', 500],
      ['21 %', 1050],
      ['10 %', 450],
    ],
  );
  assert.equal(
    priced.why.reduce((sum, { amount }) => sum + amount.amount, 0),
    priced.total.amount,
  );
});

test('shipping: by country, free from a sum on, and ways to pay that go with it', async t => {
  const shop = await openShop(t, { settings: { onDelivery: true } });
  const { engine } = shop;
  const { admin } = engine.actors;
  await engine.update(admin, 'shop', 'shippingMethod', shop.post, { countries: ['CZ'], freeFrom: eur(3000) });
  const [variant] = shop.variants as [string];
  const ask = async (quantity: number, more = {}) => {
    const { shipping, payments } = await shop.price([{ variant, quantity }], more);
    return [shipping.options.map(({ kind, price }) => [kind, price.amount]), payments.map(({ id }) => id)];
  };
  const all = ['transfer', 'delivery', 'pickup'];
  assert.deepEqual(await ask(2), [
    [
      ['ship', 500],
      ['pickup', 0],
    ],
    all,
  ]);
  assert.deepEqual(await ask(3), [
    [
      ['ship', 0],
      ['pickup', 0],
    ],
    all,
  ]);
  assert.deepEqual((await ask(3, { country: 'us' }))[0], [['pickup', 0]]);
  assert.deepEqual((await ask(3, { shipping: shop.post, country: 'cz' }))[1], ['transfer', 'delivery']);
  assert.deepEqual((await ask(3, { shipping: shop.pickup }))[1], ['transfer', 'pickup']);
  await engine.create(admin, 'shop', 'promotion', { code: 'FREE', kind: 'freeShipping', minSubtotal: eur(1500) });
  assert.deepEqual((await ask(2, { code: 'FREE' }))[0], [
    ['ship', 0],
    ['pickup', 0],
  ]);
  assert.deepEqual((await ask(1, { code: 'FREE' }))[0], [
    ['ship', 500],
    ['pickup', 0],
  ]);
});

test('what cannot be bought is named, costs nothing, and asking writes nothing', async t => {
  const shop = await openShop(t, { stock: 3 });
  const [variant] = shop.variants as [string];
  const priced = await shop.price(
    [
      { variant: 'gone', quantity: 4 },
      { variant, quantity: 4 },
    ],
    { code: ' none ' },
  );
  assert.deepEqual(
    priced.lines.map(({ problem, left, total }) => [problem, left, total.amount]),
    [
      ['NOT_OFFERED', null, 0],
      ['OUT_OF_STOCK', 3, 4000],
    ],
  );
  assert.deepEqual(priced.code, { code: 'none', label: null, problem: 'UNKNOWN_CODE' });
  assert.deepEqual(await shop.level(variant), [3, 0]);
  assert.deepEqual((await shop.price([])).total, eur(0));
});

test('who wants more than there is learns how many there are, however many', async t => {
  const shop = await openShop(t, { stock: 8 });
  const ask = async (quantity: number) => {
    const [line] = (await shop.price([{ variant: shop.variants[0]!, quantity }])).lines;
    return [line!.problem, line!.left];
  };
  assert.deepEqual(await ask(9), ['OUT_OF_STOCK', 8]);
  assert.deepEqual(await ask(8), [null, null]);
});

test('a setting that is no rate and a currency that is none break nothing', async t => {
  const odd = await openShop(t, { settings: { taxRate: '-5' } });
  const lines = [{ variant: odd.variants[0]!, quantity: 1 }];
  assert.deepEqual((await odd.price(lines)).tax.amount, eur(0));
  const none = await openShop(t, { settings: { currency: 'XXX' }, variant: { price: { amount: 5, currency: 'XXX' } } });
  const priced = await none.price([{ variant: none.variants[0]!, quantity: 1 }]);
  assert.equal(priced.lines[0]!.problem, 'NOT_OFFERED');
});
