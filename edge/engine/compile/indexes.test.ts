import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, entity, f, type ManifestJson, toManifest } from '../../../schemas/module/index.ts';
import { modules } from '../../registry.generated.ts';
import { migrateStore } from '../store/migrate.ts';
import { createTestEngine } from '../testing.ts';
import { rows } from '../testing-room.ts';
import { createIndexSql } from './ddl.ts';
import { compileModule } from './module.ts';

const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const about = {
  version: '1.0.0',
  type: 'app',
  label: 'X',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  events: {},
  actions: {},
} as const;
const desk = defineModule({
  ...about,
  id: 'inlay.desk',
  entities: {
    seat: entity({ label: 'Seat', fields: { name: f.text().unique() }, access }),
    stay: entity({
      label: 'Stay',
      fields: {
        seat: f.ref('seat'),
        guest: f.ref('seat').optional(),
        code: f.text().index(),
        start: f.instant(),
        end: f.instant(),
        places: f.int(),
        most: f.int(),
      },
      constraints: [
        { name: 'alone', noOverlap: { start: 'start', end: 'end', scope: ['seat'] } },
        { name: 'fits', capacity: { start: 'start', end: 'end', scope: ['seat'], quantity: 'places', limit: 'most' } },
        { name: 'one_code', unique: ['code'] },
        { name: 'one_code_again', unique: ['code'] },
        { name: 'one_guest', unique: ['guest', 'start'], where: { places: { gt: 1 } } },
        { name: 'one_start', unique: ['code', 'start'] },
      ],
      access,
    }),
  },
});

interface Listed {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly partial: boolean;
}
/** Each index by what it says. */
const listed = (sql: string): Listed => {
  const [, unique, name, columns, where] =
    /CREATE (UNIQUE )?INDEX IF NOT EXISTS "(.+?)" ON ".+?" \((.+?)\)( WHERE .+)?$/.exec(sql)!;
  return { name: name!, columns: columns!.split(', '), unique: Boolean(unique), partial: Boolean(where) };
};
const superfluous = (all: readonly Listed[]): string[] =>
  all.flatMap((index, i) => {
    const by = all.find(
      (other, j) =>
        i !== j &&
        !other.partial &&
        !index.partial &&
        index.columns.every((column, n) => other.columns[n] === column) &&
        (index.unique ? other.unique && other.columns.length === index.columns.length : true),
    );
    return by ? [`${index.name} by ${by.name}`] : [];
  });

test('no index of any module is there twice, or begins as another one of its table does', async () => {
  let looked = 0;
  const all: ManifestJson[] = [toManifest(desk)];
  for (const source of Object.values(modules))
    all.push(toManifest(Object.values(await source.manifest())[0] as typeof desk));
  for (const manifest of all) {
    for (const compiled of compileModule(manifest, undefined).entities.values()) {
      const found = createIndexSql(compiled).map(listed);
      looked += found.length;
      assert.deepEqual(superfluous(found), [], compiled.table);
    }
  }
  assert.ok(looked > 15, `${looked} indexes`);
});

test('what refuses rows and what is for some rows alone stays', () => {
  const stay = compileModule(toManifest(desk), undefined).entities.get('stay')!;
  const names = createIndexSql(stay).map(sql => listed(sql).name.replace('desk_stay.', ''));
  assert.deepEqual(names, ['guest_index', 'alone', 'one_code', 'one_guest', 'one_start']);
});

test('a store from before loses the superfluous ones, and nothing else, when it is next opened', async t => {
  const engine = createTestEngine({ modules: [{ module: desk }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const schema = () => rows(engine, 'SELECT name, sql FROM sqlite_schema ORDER BY name');
  const before = await schema();
  await db.write([
    { sql: 'CREATE INDEX "desk_stay.seat_index" ON "desk_stay" ("seat")' },
    { sql: 'CREATE INDEX "desk_stay.fits" ON "desk_stay" ("seat", "end_", "start")' },
    { sql: `UPDATE "_migration" SET "fingerprint" = '1.0.0:before' WHERE "module" = 'desk'` },
  ]);
  assert.equal(await migrateStore(db, engine.tenant.modules, 1), true);
  assert.deepEqual(await schema(), before);
});
