import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTestEngine } from '../../../edge/engine/testing.ts';
import { party } from '../module.ts';
import { partyCode } from './index.ts';

interface Found {
  readonly person: string;
  readonly created: boolean;
}

const open = (t: TestContext, zone = 'Europe/Prague') => {
  const engine = createTestEngine({ modules: [{ module: party, code: partyCode }], now: '2026-04-01T08:00:00Z', zone });
  t.after(() => engine.close());
  const { staff } = engine.actors;
  return {
    identify: (input: object) => engine.call<Found>(staff, 'party', 'identify', input),
    person: (id: string) => engine.get(staff, 'party', 'person', id),
    people: () => engine.list(staff, 'party', 'person'),
  };
};

test('PA-01 the same e-mail is the same person, however it is typed', async t => {
  const { identify, people } = open(t);
  const first = await identify({ name: 'Eva', email: 'Eva@Example.com ' });
  const second = await identify({ name: 'E. D.', email: 'eva@example.COM' });
  assert.deepEqual(second, { person: first.person, created: false });
  assert.equal((await people()).length, 1);
});

test('PA-01 the same phone is the same person, however it is typed', async t => {
  const { identify, person } = open(t);
  const { person: id } = await identify({ name: 'Eva', phone: '601 123 456' });
  assert.equal((await person(id))['phone'], '+420601123456');
  for (const phone of ['+420 601 123 456', '00420601123456', '(601) 123-456']) {
    assert.deepEqual(await identify({ name: 'Eva', phone }), { person: id, created: false });
  }
});

test('a national number is read as dialled in the business’s country', async t => {
  const { identify, person } = open(t, 'America/New_York');
  assert.equal(
    (await person((await identify({ name: 'Ann', phone: '(212) 555-0123' })).person))['phone'],
    '+12125550123',
  );
});

test('a number of no known plan stays as typed', async t => {
  const { identify, person } = open(t, 'Antarctica/Troll');
  for (const phone of ['601123456', '+9999999999']) {
    assert.equal((await person((await identify({ name: 'Eva', phone })).person))['phone'], phone);
  }
});

test('blanks are filled in, nothing known is changed', async t => {
  const { identify, person } = open(t);
  const { person: id } = await identify({ name: 'Eva', email: 'eva@example.com' });
  await identify({ name: 'Eve', email: 'eva@example.com', phone: '601123456', zone: 'Europe/Prague', locale: 'cs' });
  await identify({ name: 'Eve', email: 'eva@example.com', phone: '602000000', zone: 'Asia/Tokyo', locale: 'en' });
  const { name, phone, zone, locale } = await person(id);
  assert.deepEqual([name, phone, zone, locale], ['Eva', '+420601123456', 'Europe/Prague', 'cs']);
});

test('a phone finds a person without e-mail, never one with another', async t => {
  const { identify, person } = open(t);
  const { person: eva } = await identify({ name: 'Eva', phone: '601123456' });
  assert.equal((await identify({ name: 'Eva', phone: '601123456', email: 'eva@example.com' })).person, eva);
  assert.equal((await person(eva))['email'], 'eva@example.com');
  const { person: son, created } = await identify({ name: 'Jan', phone: '601123456', email: 'jan@example.com' });
  assert.ok(created && son !== eva);
  assert.equal((await identify({ name: 'Eva', phone: '601123456', email: 'jan@example.com' })).person, son);
});

test('first calls in parallel make one person', async t => {
  const { identify, people } = open(t);
  const found = await Promise.all(Array.from({ length: 8 }, () => identify({ name: 'Eva', email: 'eva@example.com' })));
  assert.equal(new Set(found.map(({ person }) => person)).size, 1);
  assert.equal((await people()).length, 1);
});

test('nobody is found by an empty e-mail or phone', async t => {
  const { identify } = open(t);
  const first = await identify({ name: 'A' });
  assert.ok((await identify({ name: 'B' })).person !== first.person);
});
