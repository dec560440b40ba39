import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { entity, f, type ManifestJson, parseManifest, toManifest } from '../../schemas/module/index.ts';
import type { Database, SqlValue } from '../../schemas/ports/index.ts';
import { createEmbeddedDatabases, type EmbeddedDatabases } from '../adapters/node/databases.ts';
import type { CompiledEntity, CompiledField } from '../engine/compile/entity.ts';
import { type CompiledModule, compileModule } from '../engine/compile/module.ts';
import { backfillStore } from '../engine/store/backfill.ts';
import { migrateStore } from '../engine/store/migrate.ts';
import { testModule } from '../engine/testing-module.ts';
import { disagreements } from './steps.ts';

const base = toManifest(
  testModule({
    id: 'inlay.shelf',
    entities: {
      book: entity({
        label: 'Book',
        fields: { title: f.text(), low: f.int().optional(), high: f.int().optional() },
        access: { admin: { read: true } },
      }),
    },
  }),
);
let folder: string;
let databases: EmbeddedDatabases;
let stores = 0;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-chains-'));
  databases = createEmbeddedDatabases({ folder, synchronous: 'NORMAL' });
});
after(() => {
  databases.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What one version does to the one before; `pick` chooses a field. */
const step = fc.record({
  kind: fc.constantFrom('add', 'rename', 'drop', 'entity', 'unique', 'check', 'noOverlap', 'index', 'search'),
  pick: fc.nat(20),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function next(before: ManifestJson, { kind, pick }: Step, n: number): ManifestJson {
  const book = before.entities['book']!;
  const { fields, constraints = [] } = book;
  const names = Object.keys(fields);
  const name = names[pick % names.length]!;
  const version = `1.${n}.0`;
  const withBook = (change: object): ManifestJson => ({
    ...before,
    version,
    entities: { ...before.entities, book: { ...book, ...change } },
  });
  const isNamed = (field: string) => JSON.stringify(constraints).includes(`"${field}"`);
  const column = fields[name]!.column ?? name;
  switch (kind) {
    case 'add': {
      const added = { kind: 'text', required: pick % 2 === 0 } as const;
      const migrations = [
        ...(before.migrations ?? []),
        { to: version, backfill: [{ entity: 'book', set: { [`extra${n}`]: { value: `v${n}` } } }] },
      ];
      return { ...withBook({ fields: { ...fields, [`extra${n}`]: added } }), migrations };
    }
    case 'rename': {
      if (isNamed(name)) return withBook({});
      const { [name]: field, ...rest } = fields;
      return withBook({ fields: { ...rest, [`named${n}`]: { ...field!, column } } });
    }
    case 'drop': {
      if (names.length === 1 || isNamed(name)) return withBook({});
      const { [name]: _dropped, ...rest } = fields;
      return withBook({ fields: rest });
    }
    case 'entity': {
      const fieldsOf = { word: { kind: 'text', required: false } } as const;
      return {
        ...before,
        version,
        entities: { ...before.entities, [`thing${n}`]: { label: 'Thing', fields: fieldsOf, access: {} } },
      };
    }
    case 'unique':
      // What a backfill gives to every row alike cannot be unique.
      if (column.startsWith('extra')) return withBook({});
      return withBook({ constraints: [...constraints, { name: `one_${n}`, unique: [name] }] });
    case 'check':
      if (!fields['low'] || !fields['high']) return withBook({});
      return withBook({
        constraints: [...constraints, { name: `order_${n}`, check: { left: 'low', op: 'lt', right: 'high' } }],
      });
    case 'noOverlap':
      if (!fields['low'] || !fields['high'] || !fields['title']) return withBook({});
      return withBook({
        constraints: [
          ...constraints,
          { name: `alone_${n}`, noOverlap: { start: 'low', end: 'high', scope: ['title'] } },
        ],
      });
    case 'index':
      return withBook({ fields: { ...fields, [name]: { ...fields[name]!, index: true } } });
    default:
      if (fields[name]!.kind !== 'text') return withBook({});
      return withBook({ fields: { ...fields, [name]: { ...fields[name]!, search: true } } });
  }
}

/** A migration may only name what its manifest declares. */
function lawful(manifest: ManifestJson): ManifestJson {
  const { fields } = manifest.entities['book']!;
  const migrations = (manifest.migrations ?? []).filter(({ backfill = [] }) =>
    backfill.every(({ set }) => Object.keys(set).every(name => name in fields)),
  );
  return { ...manifest, migrations };
}

const compile = (manifest: ManifestJson): CompiledModule => compileModule(parseManifest(manifest), undefined);
const plain = (field: CompiledField) => field.columns[0]!.slice(1, -1);
const own = (book: CompiledEntity) => book.fields.filter(field => !field.builtIn);

/** A value of its own for each row, which every rule allows. */
const valueFor = (field: CompiledField, row: number): SqlValue => {
  if (field.json.kind === 'int') return plain(field) === 'high' ? row * 10 + 5 : row * 10;
  return `${plain(field)}-${row}`;
};

test('chains of fields added, renamed and dropped, entities and rules: any version to any other, readable and writable', async () => {
  const scenario = fc
    .array(step, { minLength: 1, maxLength: 7 })
    .chain(steps => fc.tuple(fc.constant(steps), fc.array(fc.nat(steps.length), { minLength: 1, maxLength: 6 })));
  await fc.assert(
    fc.asyncProperty(scenario, async ([steps, walk]) => {
      const manifests = [base];
      for (const [index, one] of steps.entries()) manifests.push(lawful(next(manifests.at(-1)!, one, index + 1)));
      for (const [index, manifest] of manifests.entries()) {
        for (const earlier of manifests.slice(Math.max(0, index - 1), index))
          assert.deepEqual(disagreements(earlier, manifest), []);
      }
      const versions = manifests.map(compile);
      const name = `chain-${++stores}`;
      await databases.create(name);
      const db = await databases.open(name);
      /** Row -> column -> what was written. */
      const written = new Map<string, Map<string, SqlValue>>();
      for (const at of [0, ...walk, steps.length, 0]) {
        const module = versions[at]!;
        const book = module.entities.get('book')!;
        await migrateStore(db, [module], 1);
        await backfillStore(db, module, () => 2, { again: true });
        await write(db, book, written);
        await read(db, book, written);
      }
      await databases.drop(name);
    }),
    { numRuns: 25 },
  );
});

/** A new row, and a change of the first one. */
async function write(db: Database, book: CompiledEntity, written: Map<string, Map<string, SqlValue>>): Promise<void> {
  const row = written.size + 1;
  const id = `r${String(row).padStart(4, '0')}`;
  const values = new Map(own(book).map(field => [plain(field), valueFor(field, row)]));
  const columns = ['id', 'created_at', 'updated_at', 'rev', ...values.keys()];
  const marks = columns.map(() => '?').join(', ');
  await db.write([
    {
      sql: `INSERT INTO "${book.table}" (${columns.map(column => `"${column}"`).join(', ')}) VALUES (${marks})`,
      args: [id, 1, 1, 1, ...values.values()],
    },
  ]);
  written.set(id, values);
  const text = own(book).find(field => field.json.kind === 'text');
  if (!text) return;
  const [first, known] = [...written][0]!;
  const changed = `changed-${row}`;
  await db.write([{ sql: `UPDATE "${book.table}" SET ${text.columns[0]} = ? WHERE "id" = ?`, args: [changed, first] }]);
  known.set(plain(text), changed);
}

/** Every row is there, and holds what was written to it under whatever version. */
async function read(db: Database, book: CompiledEntity, written: Map<string, Map<string, SqlValue>>): Promise<void> {
  const [found] = await db.read([{ sql: `SELECT ${book.selectList} FROM "${book.table}" ORDER BY "id"` }]);
  assert.deepEqual(
    found!.rows.map(row => row[0]),
    [...written.keys()],
  );
  for (const row of found!.rows) {
    const values = written.get(row[0] as string)!;
    for (const field of own(book)) {
      const was = values.get(plain(field));
      if (was !== undefined) assert.equal(row[field.at], was, `${field.name} of ${row[0]}`);
    }
  }
}
