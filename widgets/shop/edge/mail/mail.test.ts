import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eva, home, openShop, tokenOf } from '../testing.ts';

const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

test('one mail for each of placed, shipped and cancelled, with what it is about and the way to the order', async t => {
  const settings = { transferInstructions: 'CZ65 0800', replyTo: 'studio@example.com', taxRate: '21' };
  const shop = await openShop(t, { settings });
  const { engine } = shop;
  await engine.create(engine.actors.admin, 'shop', 'promotion', { code: 'TEN', kind: 'percent', percent: '10' });
  const lines = [{ variant: shop.variants[0]!, quantity: 2 }];
  const to = { shipping: shop.post, payment: 'transfer', address: home, code: 'TEN' };
  const { url, id } = await shop.order(lines, to);
  await engine.deliver();
  const [placed] = engine.mails;
  assert.equal(placed!.subject, "Your order 2026-0001 at Rosa's Salon");
  assert.deepEqual(placed!.to, { address: eva.email, name: eva.name });
  assert.equal(placed!.replyTo, 'studio@example.com');
  for (const part of [
    'Order: 2026-0001',
    '2 × Mug 0: €20.00',
    'Discount (TEN): -€2.00',
    'Parcel: €5.00',
    'Tax included: €3.99',
    'Total: €23.00',
    'Payment: Bank transfer',
    'Address: Dlouhá 1, 110 00 Praha, Czechia',
    'CZ65 0800\nReference: 2026-0001',
    `See your order: ${url}`,
  ]) {
    assert.ok(placed!.text.includes(part), `${part}\n${placed!.text}`);
  }
  assert.ok(placed!.html.includes(`href="${url}"`));
  await engine.update(engine.actors.staff, 'shop', 'order', id, { tracking: 'RR123456789CZ' });
  await shop.step(id, 'ship');
  await engine.deliver();
  assert.equal(engine.mails[1]!.subject, 'On its way: order 2026-0001');
  assert.ok(engine.mails[1]!.text.includes('Tracking: RR123456789CZ'));
  const other = await shop.order(lines);
  await engine.deliver();
  await shop.ask('cancel', { token: tokenOf(other.url) });
  await engine.deliver();
  assert.deepEqual(
    engine.mails.slice(2).map(({ subject }) => subject),
    ["Your order 2026-0002 at Rosa's Salon", 'Cancelled: order 2026-0002'],
  );
  assert.doesNotMatch(engine.mails[3]!.text, /Payment|CZ65/);
});

test('a mail is in the customer’s language, what is collected is ready and not on its way', async t => {
  const shop = await openShop(t);
  const { engine } = shop;
  const lines = [{ variant: shop.variants[0]!, quantity: 1 }];
  const locales = ['cs', 'de-AT', 'es', 'en-GB', 'fr', 'not a locale'];
  for (const locale of locales) {
    const { id } = await shop.order(lines, { locale });
    await engine.deliver();
    await shop.step(id, 'ship');
    await engine.deliver();
  }
  const subjects = engine.mails.map(({ subject }) => subject);
  assert.deepEqual(subjects.slice(0, 6), [
    "Vaše objednávka 2026-0001 u Rosa's Salon",
    'Připraveno: objednávka 2026-0001',
    "Ihre Bestellung 2026-0002 bei Rosa's Salon",
    'Abholbereit: Bestellung 2026-0002',
    "Su pedido 2026-0003 en Rosa's Salon",
    'Listo: pedido 2026-0003',
  ]);
  assert.deepEqual(
    subjects.slice(6).map(subject => subject.split(/[ :]/)[0]),
    ['Your', 'Ready', 'Your', 'Ready', 'Your', 'Ready'],
  );
  assert.match(plain(engine.mails[0]!.text), /Celkem: 10,00 €/);
});

test('an order that was cancelled before its mail was due sends that alone, and what people type is text', async t => {
  const shop = await openShop(t);
  const { engine } = shop;
  Object.assign(engine.runtime.outbox, { wake: () => {} });
  const name = 'Eva\r\nBcc: all@example.com <img src=x onerror=alert(1)>';
  const { url } = await shop.order([{ variant: shop.variants[0]!, quantity: 1 }], { name });
  await shop.ask('cancel', { token: tokenOf(url) });
  await engine.deliver();
  await engine.deliver();
  assert.deepEqual(
    engine.mails.map(({ subject }) => subject),
    ['Cancelled: order 2026-0001'],
  );
  const [mail] = engine.mails;
  for (const text of [mail!.subject, mail!.to.name!]) assert.doesNotMatch(text, /[\r\n]/);
  assert.doesNotMatch(mail!.html, /<img/);
  assert.ok(mail!.html.includes('&lt;img src=x onerror=alert(1)&gt;'));
});

test('subscribers outside hear of an order by its number, and of what became of it', async t => {
  const shop = await openShop(t);
  const { engine } = shop;
  const { id } = await shop.order([{ variant: shop.variants[0]!, quantity: 1 }]);
  await shop.step(id, 'pay');
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const sql = `SELECT "event", "payload" FROM "_outbox" WHERE "event" IN ('shop.placed', 'shop.paid') ORDER BY "id"`;
  const [found] = await db.read([{ sql }]);
  assert.deepEqual(
    found!.rows.map(([event, payload]) => [event, JSON.parse(String(payload))]),
    [
      ['shop.placed', { order: id, number: '2026-0001' }],
      ['shop.paid', { order: id }],
    ],
  );
});
