import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { entity, f, type ManifestJson, parseManifest, toManifest } from '../../schemas/module/index.ts';
import type { Database } from '../../schemas/ports/index.ts';
import { createEmbeddedDatabases, type EmbeddedDatabases } from '../adapters/node/databases.ts';
import { type CompiledModule, compileModule } from '../engine/compile/module.ts';
import { backfillStore } from '../engine/store/backfill.ts';
import { migrateStore } from '../engine/store/migrate.ts';
import { testModule } from '../engine/testing-module.ts';

const access = { admin: { read: true } } as const;
const base = toManifest(
  testModule({
    id: 'test.shelf',
    entities: { book: entity({ label: 'Book', fields: { title: f.text(), code: f.text().optional() }, access }) },
  }),
);
let folder: string;
let databases: EmbeddedDatabases;
let stores = 0;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-any-'));
  databases = createEmbeddedDatabases({ folder, synchronous: 'NORMAL' });
});
after(() => {
  databases.close();
  rmSync(folder, { recursive: true, force: true });
});

const compile = (manifest: ManifestJson): CompiledModule => compileModule(parseManifest(manifest), undefined);
const fresh = async (): Promise<Database> => {
  const name = `any-${++stores}`;
  await databases.create(name);
  return databases.open(name);
};
const query = async (db: Database, sql: string) => (await db.read([{ sql }]))[0]!.rows;
const schemaOf = (db: Database) => query(db, 'SELECT name, sql FROM sqlite_schema ORDER BY name');
const insert = (id: string, code: string | null = null) => ({
  sql: `INSERT INTO "x_book" ("id", "created_at", "updated_at", "rev", "title", "code") VALUES (?, 1, 1, 1, 'T' || ?, ?)`,
  args: [id, id, code],
});
const into = (module: CompiledModule, statement: ReturnType<typeof insert>) => ({
  ...statement,
  sql: statement.sql.replace('x_book', module.entities.get('book')!.table),
});

/** Each version adds to the one before: a field that is filled in, an index, or an entity. */
type Growth = 'constant' | 'copy' | 'concat' | 'index' | 'entity';

function versionsOf(growths: readonly Growth[]): CompiledModule[] {
  let manifest = base;
  const all = [compile(manifest)];
  for (const [n, growth] of growths.entries()) {
    const version = `1.${n + 1}.0`;
    const name = `extra${n}`;
    const book = manifest.entities['book']!;
    const text = { kind: 'text', required: false, index: growth === 'index' } as const;
    const source = {
      constant: { value: `v${n}` },
      index: { value: `v${n}` },
      copy: { copy: 'title' },
      concat: { concat: [{ field: 'title' }, { text: `-${n}` }] },
    };
    manifest = {
      ...manifest,
      version,
      entities:
        growth === 'entity'
          ? { ...manifest.entities, [name]: { label: name, fields: { name: text }, access: {} } }
          : { ...manifest.entities, book: { ...book, fields: { ...book.fields, [name]: text } } },
      migrations: [
        ...(manifest.migrations ?? []),
        ...(growth === 'entity'
          ? []
          : [{ to: version, backfill: [{ entity: 'book', set: { [name]: source[growth] } }] }]),
      ],
    };
    all.push(compile(manifest));
  }
  return all;
}

const expected = (growth: Growth, n: number, title: string): string =>
  growth === 'copy' ? title : growth === 'concat' ? `${title}-${n}` : `v${n}`;

test('any version to any later one, and back, keeps every row and fills in all that the newest owes', async () => {
  const growth = fc.constantFrom<Growth>('constant', 'copy', 'concat', 'index', 'entity');
  const scenario = fc
    .array(growth, { minLength: 1, maxLength: 6 })
    .chain(growths =>
      fc.tuple(fc.constant(growths), fc.array(fc.nat({ max: growths.length }), { minLength: 1, maxLength: 6 })),
    );
  await fc.assert(
    fc.asyncProperty(scenario, async ([growths, walk]) => {
      const versions = versionsOf(growths);
      const db = await fresh();
      let rows = 0;
      for (const at of [0, ...walk, growths.length]) {
        const module = versions[at]!;
        await migrateStore(db, [module], 1);
        await db.write([into(module, insert(`r${++rows}`)), into(module, insert(`r${++rows}`))]);
        await backfillStore(db, module, () => 2, { again: true });
        assert.equal(await migrateStore(db, [module], 3), false, 'a second look finds nothing to do');
      }
      const newest = versions.at(-1)!;
      const book = newest.entities.get('book')!;
      const found = await query(db, `SELECT ${book.selectList} FROM "${book.table}" ORDER BY "id"`);
      assert.equal(found.length, rows);
      for (const row of found) {
        const title = row[book.byName.get('title')!.at] as string;
        assert.equal(title, `T${row[0]}`);
        for (const [n, kind] of growths.entries()) {
          if (kind !== 'entity') assert.equal(row[book.byName.get(`extra${n}`)!.at], expected(kind, n, title));
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('a rollback of what only grew changes nothing in the tables, and the way up again neither', async () => {
  const [old, grown] = versionsOf(['index', 'entity']).filter((_, index) => index !== 1);
  const db = await fresh();
  await migrateStore(db, [old!], 1);
  await migrateStore(db, [grown!], 2);
  const schema = await schemaOf(db);
  await migrateStore(db, [old!], 3);
  assert.deepEqual(await schemaOf(db), schema);
  await db.write([into(old!, insert('a'))]);
  await migrateStore(db, [grown!], 4);
  assert.deepEqual(await schemaOf(db), schema);
});

test('constraints follow the version in use: a unique index and a late check hold with it and go with it', async () => {
  const { book } = base.entities;
  const strict = compile({
    ...base,
    version: '1.1.0',
    entities: {
      book: {
        ...book!,
        fields: { ...book!.fields, code: { ...book!.fields['code']!, unique: true } },
        constraints: [{ name: 'in_order', check: { left: 'title', op: 'lt', right: 'code' } }],
      },
    },
  });
  const old = compile(base);
  const db = await fresh();
  await migrateStore(db, [old], 1);
  await db.write([into(old, insert('a', 'Z'))]);
  await migrateStore(db, [strict], 2);
  await assert.rejects(db.write([into(strict, insert('b', 'Z'))]), /UNIQUE constraint failed/);
  await assert.rejects(db.write([into(strict, insert('b', 'A'))]), /CHECK constraint failed: .*in_order/);
  await migrateStore(db, [old], 3);
  await db.write([into(old, insert('b', 'Z')), into(old, insert('c', 'A'))]);
  await assert.rejects(migrateStore(db, [strict], 4), /UNIQUE constraint failed/);
  assert.equal((await query(db, `SELECT count(*) FROM "${old.entities.get('book')!.table}"`))[0]![0], 3);
});

test('two runners at one store do each chunk once', async () => {
  const [old, grown] = versionsOf(['constant']);
  const db = await fresh();
  await migrateStore(db, [old!], 1);
  const { table } = old!.entities.get('book')!;
  await db.write([
    {
      sql: `INSERT INTO "${table}" ("id", "created_at", "updated_at", "rev", "title") WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2600) SELECT printf('%08d', i), 1, 1, 1, 'T' FROM n`,
    },
  ]);
  await migrateStore(db, [grown!], 2);
  const done = await Promise.all([1, 2, 3].map(() => backfillStore(db, grown!, () => 3)));
  const sum = (part: 'rows' | 'chunks') => done.reduce((total, each) => total + each[part], 0);
  assert.deepEqual([sum('rows'), sum('chunks')], [2600, 6]);
  assert.deepEqual(await query(db, `SELECT count(*), max("rev") FROM "${table}" WHERE "extra0" = 'v0'`), [[2600, 2]]);
});
