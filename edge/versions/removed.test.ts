import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { and, eq } from 'drizzle-orm';
import { entity, f, toManifest } from '../../schemas/module/index.ts';
import { DatabaseError, type Databases } from '../../schemas/ports/index.ts';
import { type Sqld, startSqld } from '../../tools/sqld.ts';
import { createSqldAdmin } from '../adapters/worker/database-admin.ts';
import { createRemoteDatabases } from '../adapters/worker/databases.ts';
import { audit, installation, removedModule, snapshot } from '../control/schema.ts';
import { compileModule } from '../engine/compile/module.ts';
import { migrateStore } from '../engine/store/migrate.ts';
import { testModule } from '../engine/testing-module.ts';
import { dropRemoved, sweepRemoved } from './removed.ts';
import { createFleet, type Fleet } from './testing.ts';

const keptMs = 30 * 86_400_000;
const desk = testModule({
  id: 'inlay.desk',
  entities: {
    note: entity({
      label: 'Note',
      fields: { name: f.text().search(), tag: f.ref('tag'), more: f.list(f.ref('tag', 'cascade')).default([]) },
      access: { admin: { read: true } },
    }),
    tag: entity({
      label: 'Tag',
      fields: { word: f.text(), note: f.ref('note').optional(), parent: f.ref('tag').optional() },
      access: {},
    }),
  },
});
const row = '"id", "created_at", "updated_at", "rev"';
const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT';
/** Two tables that point to each other, and rows that point to rows of their own table. */
const seed = [
  `INSERT INTO "desk_tag" (${row}, "word", "parent", "note") ${many} printf('%05d', i), 1, 1, 1, 'w', '00002', printf('%05d', i) FROM n`,
  `INSERT INTO "desk_note" (${row}, "name", "tag", "more") ${many} printf('%05d', i), 1, 1, 1, 'n', '00003', json_array('00003', '00004') FROM n`,
  `INSERT INTO "_job" ("name", "key", "planned_at", "next_at") VALUES ('desk.tidy', '', 1, 1), ('desktop.tidy', '', 1, 1)`,
];

function removedSuite(host: string, databases: () => Databases | undefined): void {
  describe(`removed modules on ${host}`, () => {
    let fleet: Fleet;
    before(async () => {
      fleet = await createFleet({ desk: { manifest: async () => ({ desk }) } }, 'desk', 3, () => seed, databases());
    });
    after(() => fleet.close());
    const storage = () => ({ ...fleet.deps, databases: fleet.databases, vouch: async () => {} });
    const rows = async (index: number, sql: string) =>
      (await (await fleet.databases.open(fleet.stores[index]!.name)).read([{ sql }]))[0]!.rows;
    const tables = (index: number) => rows(index, `SELECT count(*) FROM sqlite_schema WHERE name LIKE 'desk_%'`);
    const remove = async (index: number) => {
      const { clientId } = fleet.stores[index]!;
      const now = fleet.deps.clock.now();
      const archive = { version: '1.0.0', settings: {}, sites: [], pinned: false, installedAt: now };
      await fleet.deps.db.batch([
        fleet.deps.db
          .insert(removedModule)
          .values({ clientId, module: 'desk', ...archive, removedAt: now, dropsAt: now + keptMs }),
        fleet.deps.db.delete(installation).where(eq(installation.clientId, clientId)),
      ]);
    };
    const copiesOf = (index: number) =>
      fleet.deps.db.select().from(snapshot).where(eq(snapshot.clientId, fleet.stores[index]!.clientId));
    const isArchived = async (index: number) =>
      (
        await fleet.deps.db
          .select()
          .from(removedModule)
          .where(eq(removedModule.clientId, fleet.stores[index]!.clientId))
      ).length === 1;

    it('keeps every row until the day, and then leaves nothing of the module', async () => {
      await remove(0);
      fleet.time.offset += keptMs - 60_000;
      await sweepRemoved(storage());
      assert.deepEqual(await rows(0, 'SELECT count(*) FROM "desk_note"'), [[1200]]);
      assert.ok(await isArchived(0));
      fleet.time.offset += 60_000;
      await sweepRemoved(storage());
      assert.deepEqual(await tables(0), [[0]]);
      assert.deepEqual(await rows(0, `SELECT count(*) FROM "_migration" WHERE "module" = 'desk'`), [[0]]);
      assert.deepEqual(await rows(0, 'SELECT "name" FROM "_job"'), [['desktop.tidy']]);
      assert.ok(!(await isArchived(0)));
      const copies = await copiesOf(0);
      assert.equal(copies.length, 1);
      assert.equal(copies[0]!.reason, 'before desk was dropped');
      const copy = await fleet.databases.open(copies[0]!.name);
      const [kept] = await copy.read([{ sql: 'SELECT count(*) FROM "desk_note"' }]);
      assert.deepEqual(kept!.rows, [[1200]], 'what was dropped can be exported from the copy');
      assert.deepEqual(await tables(1), await tables(2), 'neighbours keep theirs');
      const written = await fleet.deps.db
        .select()
        .from(audit)
        .where(and(eq(audit.clientId, fleet.stores[0]!.clientId), eq(audit.action, 'installation.drop')));
      assert.equal(written.length, 1);
    });

    it('goes on after an end between any two commits, and waits for tables that point into it', async () => {
      const { clientId, name } = fleet.stores[1]!;
      await remove(1);
      fleet.time.offset += keptMs;
      const store = await fleet.databases.open(name);
      await store.write([{ sql: 'CREATE TABLE "other" ("t" TEXT REFERENCES "desk_tag" ("id")) STRICT' }]);
      assert.deepEqual(await dropRemoved(storage(), clientId, 'desk'), ['other.t points to desk_tag.']);
      assert.deepEqual(await rows(1, 'SELECT count(*) FROM "desk_note"'), [[1200]]);
      await store.write([
        { sql: 'DROP TABLE "other"' },
        {
          sql: 'CREATE TABLE "other.tags.refs" ("target" TEXT REFERENCES "desk_tag" ("id"), "record" TEXT REFERENCES "desk_note" ("id")) STRICT',
        },
      ]);
      assert.deepEqual(await dropRemoved(storage(), clientId, 'desk'), ['other.tags points to desk_tag.']);
      await store.write([{ sql: 'DROP TABLE "other.tags.refs"' }]);
      let ends = 0;
      for (let run = 0; run < 60 && (await isArchived(1)); run++) {
        const dying: Databases = {
          ...storage().databases,
          create: async () => {},
          copy: (from, to) => fleet.databases.copy(from, to),
          drop: at => fleet.databases.drop(at),
          async open(at) {
            const db = await fleet.databases.open(at);
            let writes = 0;
            return {
              read: statements => db.read(statements),
              async write(statements) {
                if (++writes > 7) throw new DatabaseError('unavailable', 'the process was killed');
                return db.write(statements);
              },
            };
          },
        };
        await dropRemoved({ ...storage(), databases: dying }, clientId, 'desk').catch(() => {
          ends += 1;
        });
      }
      assert.ok(ends > 1, `${ends} ends`);
      assert.deepEqual(await tables(1), [[0]]);
      assert.equal((await copiesOf(1)).length, 1, 'one copy, however often the run was cut short');
    });

    it('touches nothing of a module that was installed and opened again', async () => {
      const { name, clientId } = fleet.stores[2]!;
      await remove(2);
      fleet.time.offset += keptMs + 1;
      const module = compileModule(toManifest(desk), undefined);
      const store = await fleet.databases.open(name);
      await store.write([{ sql: `DELETE FROM "_migration" WHERE "module" = 'desk'` }]);
      await migrateStore(store, [module], fleet.deps.clock.now());
      await assert.rejects(dropRemoved(storage(), clientId, 'desk'), /assertion/);
      assert.deepEqual(await rows(2, 'SELECT count(*) FROM "desk_note"'), [[1200]]);
    });
  });
}

let sqld: Sqld;
before(async () => {
  sqld = await startSqld();
});
after(() => sqld.stop());
removedSuite('embedded files', () => undefined);
removedSuite('a libSQL server', () =>
  createRemoteDatabases({ url: sqld.url, admin: createSqldAdmin({ url: sqld.adminUrl }) }),
);
