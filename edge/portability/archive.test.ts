import assert from 'node:assert/strict';
import { it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { rows, start } from '../engine/testing-room.ts';
import { archiveRow, lineOf, memberNames } from './archive.ts';
import { exportClient } from './export-client.ts';
import { sequenceStatements } from './import-client.ts';
import { zipOf } from './zip-writer.ts';

async function* each<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

it('numbers keep their digits and nothing but plain values is a row', () => {
  const line = lineOf({ id: 'a', wide: 9007199254740993n, none: null, n: 1.5 });
  assert.deepEqual(archiveRow.parse(JSON.parse(line)), { id: 'a', wide: 9007199254740993n, none: null, n: 1.5 });
  for (const bad of ['[]', '{"a":true}', '{"a":{"b":1}}', '{"a":{"$int":"x"}}', '"a"']) {
    assert.equal(archiveRow.safeParse(JSON.parse(bad)).success, false, bad);
  }
});

it('names of members lead nowhere', () => {
  for (const good of ['manifest.json', 'data/guest-book.entryLine.jsonl', `files/${'a'.repeat(64)}`]) {
    assert.match(good, memberNames);
  }
  for (const bad of [
    '../a',
    '/manifest.json',
    'data/../x.jsonl',
    'data/a.b.jsonl/..',
    'files/x',
    'data\\a.b.jsonl',
    'files/',
  ]) {
    assert.doesNotMatch(bad, memberNames);
  }
});

it('an archive is written piece by piece', async () => {
  const big = Buffer.alloc(100_000, 'abc');
  let produced = 0;
  const body = (async function* () {
    for (let i = 0; i < 50; i++) {
      produced += 1;
      yield big;
    }
  })();
  let first: number | undefined;
  const parts: Uint8Array[] = [];
  for await (const part of zipOf(each({ name: 'a', body, stored: true }))) {
    parts.push(part);
    if (parts.length === 2) first = produced;
  }
  assert.ok(first !== undefined && first <= 2, `${first} of 50 pieces were read before anything came out`);
  assert.equal(unzipSync(new Uint8Array(Buffer.concat(parts)))['a']!.length, 5_000_000);
});

it('numberings go along and follow their site', async t => {
  const engine = start();
  t.after(() => engine.close());
  const { runtime, tenant } = engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const statements = await sequenceStatements(
    each({ series: 'shop.order.number', scope: 'old-site', period: '2026', value: 41 }),
    new Map([['old-site', 'new-site']]),
  );
  await db.write(statements);
  assert.deepEqual(await rows(engine, 'SELECT * FROM "_sequence"'), [['shop.order.number', 'new-site', '2026', 41]]);
  const around = { client: { id: tenant.client.id, name: 'Rosa', zone: 'UTC' }, modules: [], sites: [] };
  const parts: Uint8Array[] = [];
  for await (const part of await exportClient(runtime, tenant, around)) parts.push(part);
  const members = unzipSync(new Uint8Array(Buffer.concat(parts)));
  assert.equal(
    strFromU8(members['sequences.jsonl']!),
    '{"series":"shop.order.number","scope":"new-site","period":"2026","value":41}\n',
  );
  const manifest = JSON.parse(strFromU8(members['manifest.json']!));
  assert.equal(manifest.members['sequences.jsonl'].rows, 1);
  assert.ok('data/room.room.jsonl' in manifest.members);
});
