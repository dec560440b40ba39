import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { defineModule, entity, f, parseManifest, toManifest } from '../../../schemas/module/index.ts';
import type { Database, Databases } from '../../../schemas/ports/index.ts';
import { createProcessCoalescer } from '../../adapters/node/coalescer.ts';
import { createEmbeddedDatabases } from '../../adapters/node/databases.ts';
import { separateCoalescer } from '../../adapters/worker/coalescer.ts';
import { type CompiledModule, compileModule } from '../compile/module.ts';
import { createStores } from './stores.ts';

const access = { admin: { read: true, create: true } } as const;
const about = {
  type: 'app',
  label: 'Seat',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  events: {},
  actions: {},
} as const;
const span = { start: f.int(), end: f.int(), row: f.text() };
const noOverlap = { name: 'alone', noOverlap: { start: 'start', end: 'end', scope: ['row'] } } as const;

const first = compile(
  defineModule({
    id: 'inlay.seat',
    version: '1.0.0',
    ...about,
    entities: { seat: entity({ label: 'Seat', fields: span, access }) },
  }),
);
const second = compile(
  defineModule({
    id: 'inlay.seat',
    version: '1.1.0',
    ...about,
    entities: {
      seat: entity({
        label: 'Seat',
        fields: { ...span, price: f.money(), colour: f.text().index() },
        constraints: [noOverlap],
        access,
      }),
      guest: entity({ label: 'Guest', fields: { seat: f.ref('seat') }, access }),
    },
  }),
);

function compile(module: Parameters<typeof toManifest>[0]): CompiledModule {
  return compileModule(parseManifest(toManifest(module)), undefined);
}

function open(t: TestContext): {
  databases: Databases;
  writes: () => number;
  reads: () => number;
  opened: () => number;
} {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-migrate-'));
  const real = createEmbeddedDatabases({ folder });
  t.after(() => {
    real.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let writes = 0;
  let reads = 0;
  const databases: Databases = {
    create: name => real.create(name),
    drop: name => real.drop(name),
    copy: (name, to) => real.copy(name, to),
    compact: name => real.compact(name),
    async open(name): Promise<Database> {
      const db = await real.open(name);
      return {
        read(statements) {
          reads += 1;
          return db.read(statements);
        },
        write(statements) {
          writes += 1;
          return db.write(statements);
        },
      };
    },
  };
  return { databases, writes: () => writes, reads: () => reads, opened: () => real.stats().opened };
}

const clock = { now: () => 1_000 };
const insert = (id: string, from: number, to: number) => ({
  sql: `INSERT INTO "seat_seat" ("id", "created_at", "updated_at", "rev", "start", "end_", "row_") VALUES (?, 1, 1, 1, ?, ?, 'A')`,
  args: [id, from, to],
});

test('1,000 concurrent first hits on a cold store open it once and migrate it once', async t => {
  const { databases, writes, reads, opened } = open(t);
  const stores = createStores({ databases, clock, coalescer: createProcessCoalescer() });
  const modules = [first];
  await Promise.all(Array.from({ length: 1000 }, () => stores.open('cold', modules)));
  assert.deepEqual([writes(), opened()], [1, 1]);
  assert.ok(reads() <= 3, `${reads()} reads`);
  await stores.open('cold', modules);
  assert.ok(reads() <= 3, 'a warm store is not looked at again');
});

test('hosts that share nothing but the store migrate it to the same end', async t => {
  const { databases } = open(t);
  const modules = [first];
  await Promise.all(
    Array.from({ length: 20 }, () =>
      createStores({ databases, clock, coalescer: separateCoalescer }).open('shared', modules),
    ),
  );
  const db = await databases.open('shared');
  const [ledger] = await db.read([{ sql: `SELECT module, fingerprint FROM _migration WHERE module <> '_system'` }]);
  assert.deepEqual(ledger!.rows, [['seat', first.fingerprint]]);
});

test('a newer version adds fields, entities and constraints, keeps every row, and holds from then on', async t => {
  const { databases } = open(t);
  const stores = createStores({ databases, clock, coalescer: createProcessCoalescer() });
  const old = await stores.open('grow', [first]);
  await old.write([insert('a', 1, 5), insert('b', 5, 9)]);
  const grown = await stores.open('grow', [second]);
  const [rows] = await grown.read([{ sql: 'SELECT id, price_amount, colour FROM seat_seat ORDER BY id' }]);
  assert.deepEqual(rows!.rows, [
    ['a', null, null],
    ['b', null, null],
  ]);
  await assert.rejects(grown.write([insert('c', 4, 6)]), /constraint:seat_seat\.alone/);
  await grown.write([insert('d', 9, 12)]);
  const [tables] = await grown.read([
    { sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'seat%' ORDER BY name` },
  ]);
  assert.deepEqual(tables!.rows.flat(), ['seat_guest', 'seat_seat']);
});

test('going back leaves the columns and lifts the constraint', async t => {
  const { databases } = open(t);
  const stores = createStores({ databases, clock, coalescer: createProcessCoalescer() });
  await stores.open('back', [second]);
  const db = await stores.open('back', [first]);
  await db.write([insert('a', 1, 5), insert('b', 2, 6)]);
  const [columns] = await db.read([{ sql: `SELECT name FROM pragma_table_info('seat_seat')` }]);
  assert.ok(columns!.rows.flat().includes('colour'));
});
