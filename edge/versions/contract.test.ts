import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { and, eq } from 'drizzle-orm';
import { entity, f, type ManifestJson, toManifest } from '../../schemas/module/index.ts';
import { type Database, DatabaseError, type Databases } from '../../schemas/ports/index.ts';
import { type Sqld, startSqld } from '../../tools/sqld.ts';
import { createSqldAdmin } from '../adapters/worker/database-admin.ts';
import { createRemoteDatabases } from '../adapters/worker/databases.ts';
import { contraction, installation, snapshot, store } from '../control/schema.ts';
import { testModule } from '../engine/testing-module.ts';
import { type ContractDeps, continueContractions, contractionOf, planContract, runContraction } from './contract.ts';
import { publishVersion } from './publish.ts';
import { flipStatement } from './service.ts';
import { restoreSnapshot } from './snapshots.ts';
import { createFleet, type Fleet } from './testing.ts';

const access = { admin: { read: true } } as const;
const span = { start: f.int().optional(), end: f.int().optional() };
const desk = testModule({
  id: 'inlay.desk',
  entities: {
    note: entity({
      label: 'Note',
      fields: {
        ...span,
        name: f.text({ max: 40 }).search(),
        price: f.money().optional(),
        colour: f.text().optional().label('Paint').index(),
        tag: f.ref('tag').optional(),
        late: f.int().optional(),
      },
      constraints: [
        { name: 'ordered', check: { left: 'start', op: 'lt', right: 'late' } },
        { name: 'alone', noOverlap: { start: 'start', end: 'end', scope: ['name'] } },
      ],
      access,
    }),
    tag: entity({ label: 'Tag', fields: { word: f.text().search(), parent: f.ref('tag').optional() }, access }),
    mark: entity({ label: 'Mark', fields: { tag: f.ref('tag'), note: f.ref('note').optional() }, access }),
  },
});

/** Without price, colour, tag, late and the entities tag and mark; what was `name` is called `title`. */
function leaner(version: string): ManifestJson {
  const { entities, ...rest } = toManifest(desk);
  const { note } = entities;
  const { start, end, name } = note!.fields;
  const constraints = [{ name: 'alone', noOverlap: { start: 'start', end: 'end', scope: ['title'] } }];
  return {
    ...rest,
    version,
    entities: {
      note: { ...note!, fields: { start: start!, end: end!, title: { ...name!, column: 'name' } }, constraints },
    },
    migrations: [{ to: version, contract: [{ entity: 'note', field: 'price' }, { entity: 'tag' }] }],
  };
}

const columns = '"id", "created_at", "updated_at", "rev"';
const many = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT`;
const seed = [
  `INSERT INTO "desk_tag" (${columns}, "word") ${many(1_200)} printf('t%05d', i), 1, 1, 1, 'w' || i FROM n`,
  `UPDATE "desk_tag" SET "parent" = 't00001'`,
  `INSERT INTO "desk_note" (${columns}, "name", "start", "end_", "late", "price_amount", "price_currency", "colour", "tag") ${many(700)} printf('n%05d', i), 1, 1, 1, 'N' || i, 1, 5, 9, i, 'EUR', 'red', 't00007' FROM n`,
  `INSERT INTO "desk_mark" (${columns}, "tag", "note") ${many(600)} printf('m%05d', i), 1, 1, 1, 't00003', 'n00001' FROM n`,
];

function contractSuite(host: string, databases: () => Databases | undefined): void {
  describe(`contract on ${host}`, () => {
    let fleet: Fleet;
    let deps: ContractDeps;
    const source = { manifest: async () => ({ module: desk }) };
    const at = (index: number) => fleet.stores[index]!;
    const installed = async (index: number) =>
      (await deps.db
        .select()
        .from(installation)
        .where(eq(installation.clientId, at(index).clientId))
        .get())!;
    const opened = async (index: number): Promise<Database> => {
      const row = await deps.db
        .select({ name: store.name })
        .from(store)
        .where(eq(store.id, at(index).storeId))
        .get();
      return deps.databases.open(row!.name);
    };
    const rows = async (index: number, sql: string) => (await (await opened(index)).read([{ sql: sql }]))[0]!.rows;
    const upgrade = async (index: number) => {
      const { clientId } = at(index);
      await deps.versions.prepare(clientId, 'desk', '1.1.0');
      await deps.db.batch([
        flipStatement(
          deps.db,
          { clientId, module: 'desk', from: '1.0.0', to: '1.1.0' },
          { previousVersion: '1.0.0', settlesAt: deps.clock.now() },
        ),
      ]);
    };
    const giveUp = (index: number) =>
      deps.db
        .update(installation)
        .set({ previousVersion: null, settlesAt: null })
        .where(eq(installation.clientId, at(index).clientId));
    const begin = async (index: number, using = deps) => {
      const row = await installed(index);
      const { parts, blockers } = await planContract(deps, row);
      assert.deepEqual(blockers, []);
      const started = contractionOf(
        using,
        row,
        parts.map(({ name }) => name),
      );
      await deps.db.insert(contraction).values(started);
      return started.id;
    };
    const stateOf = async (id: string) =>
      (await deps.db.select().from(contraction).where(eq(contraction.id, id)).get())!;

    before(async () => {
      fleet = await createFleet({ desk: source }, 'desk', 5, () => seed, databases());
      deps = { ...fleet.deps, databases: fleet.databases, vouch: async () => {} };
      await publishVersion(deps, leaner('1.1.0'), null);
      for (const index of fleet.stores.keys()) await upgrade(index);
    });
    after(() => fleet.close());

    it('shows what is left while a step takes a part away', async () => {
      const taking: ContractDeps['databases'] = {
        ...deps.databases,
        async open(name) {
          const real = await deps.databases.open(name);
          return {
            write: statements => real.write(statements),
            async read(statements) {
              const isCounting = statements[0]!.sql === 'SELECT count(*) FROM "desk_mark"';
              if (isCounting) await real.write([{ sql: 'DROP TABLE "desk_mark"' }]);
              return real.read(statements);
            },
          };
        },
      };
      const { parts } = await planContract({ ...deps, databases: taking }, await installed(4));
      const names = parts.map(({ name }) => name);
      assert.deepEqual(names, ['note.colour', 'note.late', 'note.price', 'note.tag', 'tag']);
    });

    it('shows what is left over, and what stands in the way', async () => {
      const { parts, blockers } = await planContract(deps, await installed(0));
      const shown = parts.map(({ name, last, rows: held, emptied, announced }) => [
        name,
        last,
        held,
        emptied,
        announced,
      ]);
      assert.deepEqual(shown, [
        ['mark', '1.0.0', 600, false, false],
        ['note.colour', '1.0.0', 700, false, false],
        ['note.late', '1.0.0', 700, true, false],
        ['note.price', '1.0.0', 700, false, true],
        ['note.tag', '1.0.0', 700, false, false],
        ['tag', '1.0.0', 1200, false, true],
      ]);
      assert.deepEqual(
        parts.slice(0, 3).map(({ label }) => label),
        [
          { entity: 'Mark', field: null },
          { entity: 'Note', field: 'Paint' },
          { entity: 'Note', field: null },
        ],
      );
      assert.match(blockers[0]!.text, /still being filled in/);
      assert.deepEqual(
        blockers.filter(({ text }) => text.startsWith('A rollback to 1.0.0 needs')).length,
        parts.length,
      );
      await giveUp(0);
      assert.deepEqual((await planContract(deps, await installed(0))).blockers, []);
      await (await opened(0)).write([{ sql: 'CREATE TABLE "other" ("t" TEXT REFERENCES "desk_tag" ("id")) STRICT' }]);
      assert.deepEqual((await planContract(deps, await installed(0))).blockers, [
        { kind: 'reference', text: 'other.t points to desk_tag.' },
      ]);
      await (await opened(0)).write([{ sql: 'DROP TABLE "other"' }]);
    });

    it('takes it away after a snapshot, and keeps every row and rule of the version in use', async () => {
      const id = await begin(0);
      await runContraction(deps, id);
      const done = await stateOf(id);
      assert.deepEqual([done.state, done.error], ['done', null]);
      const tables = await rows(
        0,
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'desk_%' AND name NOT LIKE '%.%' ORDER BY name`,
      );
      assert.deepEqual(tables.flat(), [`desk_note`]);
      const left = (await rows(0, `SELECT name FROM pragma_table_info('desk_note')`)).flat();
      assert.deepEqual(left, ['id', 'created_at', 'updated_at', 'rev', 'start', 'end_', 'name', 'late']);
      assert.deepEqual(await rows(0, 'SELECT count(*), count("late"), max("rev") FROM "desk_note"'), [[700, 0, 1]]);
      const found = `SELECT count(*) FROM "desk_note.fts" WHERE "desk_note.fts" MATCH 'n7'`;
      assert.deepEqual(await rows(0, found), [[1]]);
      const insert = `INSERT INTO "desk_note" (${columns}, "name", "start", "end_") VALUES ('x', 1, 1, 1, 'N7', 2, 3)`;
      await assert.rejects((await opened(0)).write([{ sql: insert }]), /alone/);
      await (await opened(0)).write([{ sql: insert.replace('N7', 'fresh') }]);
      const steps = await rows(0, `SELECT count(*), min("state") FROM "_step" WHERE "key" LIKE 'contract:%'`);
      assert.deepEqual(steps, [[6, 'done']]);
      assert.deepEqual(await planContract(deps, await installed(0)), { parts: [], blockers: [] });
      const copy = await deps.db.select().from(snapshot).where(eq(snapshot.id, done.snapshotId!)).get();
      const before = await deps.databases.open(copy!.name);
      const [kept] = await before.read([{ sql: 'SELECT count("price_amount"), count("late") FROM "desk_note"' }]);
      assert.deepEqual(kept!.rows, [[700, 700]]);
    });

    it('goes on after an end between any two commits', async () => {
      await giveUp(1);
      const id = await begin(1);
      let ends = 0;
      for (let run = 0; run < 60 && (await stateOf(id)).state === 'running'; run++) {
        await runContraction({ ...deps, databases: dying(deps.databases, 6) }, id).catch(error => {
          assert.ok(error instanceof DatabaseError);
          ends += 1;
        });
      }
      assert.ok(ends > 2, `${ends} ends`);
      const { state, error } = await stateOf(id);
      assert.deepEqual([state, error], ['done', null]);
      assert.deepEqual(await rows(1, 'SELECT count(*), count("late") FROM "desk_note"'), [[700, 0]]);
      assert.deepEqual((await planContract(deps, await installed(1))).parts, []);
    });

    it('a sweep goes on with what was cut off, and two runners do it once', async () => {
      await giveUp(2);
      const id = await begin(2);
      await Promise.all([continueContractions(deps), continueContractions(deps)]);
      assert.equal((await stateOf(id)).state, 'running');
      fleet.time.offset += 120_000;
      await Promise.all([continueContractions(deps), continueContractions(deps)]);
      assert.equal((await stateOf(id)).state, 'done');
      assert.deepEqual(await rows(2, 'SELECT count(*) FROM "desk_note"'), [[700]]);
    });

    it('while it runs the pointer stays, and where the pointer has moved it takes nothing', async () => {
      await giveUp(3);
      const id = await begin(3);
      const move = { clientId: at(3).clientId, module: 'desk', from: '1.1.0', to: '1.0.0' };
      const back = () => deps.db.batch([flipStatement(deps.db, move, { previousVersion: null, settlesAt: null })]);
      assert.deepEqual(await back(), [[]]);
      await deps.db.update(contraction).set({ state: 'failed' }).where(eq(contraction.id, id));
      assert.equal((await back())[0].length, 1);
      await deps.db.update(contraction).set({ state: 'running' }).where(eq(contraction.id, id));
      await runContraction(deps, id);
      const { state, error } = await stateOf(id);
      assert.deepEqual([state, error], ['failed', 'desk is no longer at 1.1.0']);
      assert.deepEqual(await rows(3, 'SELECT count("price_amount") FROM "desk_note"'), [[700]]);
    });

    it('a restore of the snapshot brings back what was taken away', async () => {
      const { clientId } = at(0);
      const copy = await deps.db
        .select()
        .from(snapshot)
        .where(and(eq(snapshot.clientId, clientId)))
        .get();
      await restoreSnapshot(deps, clientId, copy!.id, []);
      assert.deepEqual(await rows(0, 'SELECT count("price_amount") FROM "desk_note"'), [[700]]);
      await giveUp(0);
      assert.equal((await planContract(deps, await installed(0))).parts.length, 6);
    });
  });
}

/** Databases that can no longer be reached after so many writes. */
function dying(databases: Databases, most: number): Databases {
  let writes = 0;
  return {
    create: name => databases.create(name),
    copy: (name, to) => databases.copy(name, to),
    drop: name => databases.drop(name),
    compact: name => databases.compact(name),
    async open(name) {
      const db = await databases.open(name);
      return {
        read: statements => db.read(statements),
        async write(statements) {
          if (++writes > most) throw new DatabaseError('unavailable', 'the process was killed');
          return db.write(statements);
        },
      };
    },
  };
}

let sqld: Sqld;
before(async () => {
  sqld = await startSqld();
});
after(() => sqld.stop());
contractSuite('embedded files', () => undefined);
contractSuite('a libSQL server', () =>
  createRemoteDatabases({ url: sqld.url, admin: createSqldAdmin({ url: sqld.adminUrl }) }),
);
