import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defineModule, entity, f } from '../../schemas/module/index.ts';
import { createTestEngine } from '../engine/testing.ts';
import { erasePerson } from './erase-person.ts';

const all = { admin: { read: true, create: true, update: true, delete: true } } as const;

/** A person's conversations with the messages of two, and a firm with people of its own. */
const desk = defineModule({
  id: 'test.desk',
  version: '1.0.0',
  type: 'app',
  label: 'Desk',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  entities: {
    firm: entity({ label: 'Firm', fields: { email: f.text({ format: 'email' }).optional().pii() }, access: all }),
    person: entity({
      label: 'Person',
      fields: {
        name: f.text().pii(),
        email: f.text({ format: 'email' }).optional().pii(),
        firm: f.ref('firm').optional(),
        homes: f.list(f.object({ street: f.text().pii(), kind: f.text() })).default([]),
      },
      access: all,
    }),
    talk: entity({ label: 'Talk', fields: { person: f.ref('person'), topic: f.text() }, access: all }),
    message: entity({
      label: 'Message',
      fields: { talk: f.ref('talk'), author: f.ref('person').optional(), text: f.text().pii() },
      access: all,
    }),
  },
  events: {},
  actions: {},
});

function world() {
  const engine = createTestEngine({ modules: [{ module: desk }], now: '2026-01-05T09:00:00Z' });
  const { admin } = engine.actors;
  const make = async (name: string, input: unknown) => (await engine.create(admin, 'desk', name, input)).id;
  const get = (name: string, id: string) => engine.get<Record<string, unknown>>(admin, 'desk', name, id);
  return { engine, make, get };
}

it('CR-11 blanks the person and what is theirs, and leaves what is another person’s', async t => {
  const { engine, make, get } = world();
  t.after(() => engine.close());
  const homes = [{ street: 'Dlouhá 12', kind: 'home' }];
  const eva = await make('person', { name: 'Eva Malá', email: 'eva@mail.example', homes });
  const adam = await make('person', { name: 'Adam', email: 'adam@mail.example', homes });
  const talk = await make('talk', { person: eva, topic: 'Order' });
  const hers = await make('message', { talk, text: 'from Eva' });
  const his = await make('message', { talk, author: adam, text: 'from Adam' });
  const proof = await erasePerson(engine.runtime, engine.tenant, { email: 'EVA@mail.example' });
  const person = await get('person', eva);
  assert.deepEqual(
    [person['name'], person['email'], person['homes']],
    ['[erased]', null, [{ street: '[erased]', kind: 'home' }]],
  );
  assert.equal((await get('talk', talk))['topic'], 'Order');
  assert.equal((await get('message', hers))['text'], '[erased]');
  assert.equal((await get('message', his))['text'], 'from Adam');
  assert.deepEqual((await get('person', adam))['homes'], homes);
  assert.deepEqual(proof.unclear, [{ entity: 'desk.message', id: his }]);
  assert.deepEqual(proof.residue, []);
});

it('an address of a firm does not erase its people', async t => {
  const { engine, make, get } = world();
  t.after(() => engine.close());
  const firm = await make('firm', { email: 'info@firm.example' });
  const eva = await make('person', { name: 'Eva Malá', email: 'eva@firm.example', firm });
  const proof = await erasePerson(engine.runtime, engine.tenant, { email: 'info@firm.example' });
  assert.equal((await get('firm', firm))['email'], null);
  assert.equal((await get('person', eva))['name'], 'Eva Malá');
  assert.deepEqual(proof.unclear, [{ entity: 'desk.person', id: eva }]);
});

it('an address in a field that is not marked personal shows up as residue', async t => {
  const { engine, make } = world();
  t.after(() => engine.close());
  const eva = await make('person', { name: 'Eva Malá', email: 'eva@mail.example' });
  await make('talk', { person: eva, topic: 'write to eva@mail.example' });
  await engine.sweep();
  const proof = await erasePerson(engine.runtime, engine.tenant, { person: eva });
  const { table } = engine.tenant.byName.get('desk')!.entities.get('talk')!;
  assert.deepEqual(proof.residue, [{ table, column: 'topic', rows: 1 }]);
  // The audit trail told it too: it says so no more, and is whole all the same.
  assert.equal(proof.scrubbed.tables['_audit'], 1);
  assert.deepEqual(await engine.verifyAudit(), { ok: true, rows: 2, from: 1, anchored: 2, broken: null });
  await assert.rejects(erasePerson(engine.runtime, engine.tenant, { email: 'nobody@mail.example' }), {
    code: 'NOT_FOUND',
  });
});
