import assert from 'node:assert/strict';
import { it } from 'node:test';
import { entity, f } from '../../schemas/module/index.ts';
import { createTestEngine } from '../engine/testing.ts';
import { testModule } from '../engine/testing-module.ts';
import { type FileRow, fileArgs, insertFileSql } from '../files/file-row.ts';
import { openFiles } from '../files/tables.ts';
import { variantOf } from '../files/variants.ts';
import { pngOf } from '../images/testing.ts';
import { erasePerson } from './erase-person.ts';

const all = { admin: { read: true, create: true, update: true, delete: true } } as const;

const thumb = { width: 10, height: 10, fit: 'cover', format: 'jpeg' } as const;

/** A person's conversations with the messages of two, and a firm with people of its own. */
const desk = testModule({
  id: 'test.desk',
  entities: {
    firm: entity({ label: 'Firm', fields: { email: f.text({ format: 'email' }).optional().pii() }, access: all }),
    person: entity({
      label: 'Person',
      fields: {
        name: f.text().pii(),
        email: f.text({ format: 'email' }).optional().pii(),
        firm: f.ref('firm').optional(),
        photo: f.file({ variants: { thumb } }).optional().pii(),
        papers: f.list(f.file()).default([]).pii(),
        passport: f.text().default('none').pii().encrypted(),
        kin: f
          .list(f.object({ name: f.text().pii() }))
          .optional()
          .encrypted(),
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

it('what is sealed goes whole, and the record can still be read', async t => {
  const { engine, make, get } = world();
  t.after(() => engine.close());
  const sealed = { passport: 'CZ 123', kin: [{ name: 'Bo' }] };
  const id = await make('person', { name: 'Ada', email: 'ada@mail.example', ...sealed });
  const { passport, kin } = await get('person', id);
  assert.deepEqual({ passport, kin }, sealed);
  await erasePerson(engine.runtime, engine.tenant, { email: 'ada@mail.example' });
  const after = await get('person', id);
  assert.deepEqual([after['passport'], after['kin']], ['[erased]', null]);
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

it('photographs and papers of the person go at once, with their pictures, and so does what the engine wrote down', async t => {
  const { engine, make } = world();
  t.after(() => engine.close());
  const { runtime, tenant } = engine;
  const { blobs } = runtime.ports;
  const db = await openFiles(runtime, tenant);
  const keep = async (id: string, owner: string | null) => {
    const key = `${tenant.client.id}/${id}`;
    const bytes = pngOf(20, 20, x => [x, id.length, id.charCodeAt(0), 255]);
    await blobs.put(key, each(bytes), bytes.length);
    const row: FileRow = {
      ...{ id, owner, key, name: 'eva@mail.example.png', purpose: 'x', acl: 'private', declaredType: 'image/png' },
      ...{ declaredSha256: null, size: bytes.length, mime: 'image/png', sha256: id, state: 'ready' },
      ...{ createdAt: 0, createdBy: null, expiresAt: 0, deletedAt: null },
    };
    await db.write([{ sql: insertFileSql, args: fileArgs(row) }]);
    await variantOf(runtime, tenant, db, row, thumb);
  };
  await keep('photo', null);
  await keep('paper', null);
  const eva = await make('person', { name: 'Eva Malá', email: 'eva@mail.example', photo: 'photo', papers: ['paper'] });
  await keep('owned', `desk.person:${eva}`);
  await keep('other', null);
  assert.equal((await blobs.list(tenant.client.id)).length, 8);
  const told = 'said to eva@mail.example';
  await db.write([
    { sql: `INSERT INTO "_outbox" ("id", "event", "payload", "at") VALUES ('e', 'x.y', ?, 0)`, args: [told] },
    {
      sql: `INSERT INTO "_delivery" ("event", "subscriber", "key", "state", "due_at", "error") VALUES ('e', 's', 'k', 'dead', 0, ?)`,
      args: [told],
    },
    {
      sql: `INSERT INTO "_job" ("name", "key", "payload", "planned_at", "next_at", "state", "error") VALUES ('j', 'k', ?1, 0, 0, 'dead', ?1)`,
      args: [told],
    },
    { sql: `INSERT INTO "_idempotency" VALUES ('s', 'k', 'h', 200, ?, 0)`, args: [told] },
  ]);
  const proof = await erasePerson(runtime, tenant, { person: eva });
  assert.deepEqual([proof.residue, proof.scrubbed.files, proof.scrubbed.replies], [[], 3, 1]);
  const { tables } = proof.scrubbed;
  assert.deepEqual([tables['_outbox'], tables['_delivery'], tables['_job']], [1, 1, 2]);
  const other = await db.read([
    { sql: 'SELECT "key" FROM "_file" UNION SELECT "key" FROM "_file_variant" ORDER BY 1' },
  ]);
  assert.deepEqual([...(await blobs.list(tenant.client.id))].sort(), other[0]!.rows.flat().sort());
  assert.equal(other[0]!.rows.length, 2);
});

async function* each(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
