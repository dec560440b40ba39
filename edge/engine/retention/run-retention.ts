/** The daily run that lets go of what is past its time: records by their manifests, then what the engine keeps for itself. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../../schemas/errors/index.ts';
import { type Database, DatabaseError, type Statement } from '../../../schemas/ports/index.ts';
import { askSweep } from '../../files/sweep-job.ts';
import { hasFiles } from '../../files/tables.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { runCall } from '../call.ts';
import type { CompiledEntity } from '../compile/entity.ts';
import { type Referrer, retentionOf } from '../compile/retention.ts';
import { Superseded } from '../lease.ts';
import { systemCall } from '../outbox.ts';
import type { Runtime } from '../runtime.ts';
import { Contention } from '../store/commit.ts';
import { pruneStatements } from './prune.ts';
import { pruneAudit } from './prune-audit.ts';

/** Records of one commit. */
const chunkRecords = 200;
/** A record that another one keeps may go once that one has gone. */
const passes = 5;

/** `held` refuses a batch once another runner has the job. Every chunk is a commit of its own, and a run that ends early goes on tomorrow. */
export async function runRetention(runtime: Runtime, tenant: Tenant, db: Database, held: Statement): Promise<void> {
  try {
    await letRecordsGo(runtime, tenant, db, held);
    for (const prune of pruneStatements(runtime.ports.clock.now())) {
      for (;;) {
        const [, result] = await db.write([held, prune.statement]);
        if (result!.changes < prune.limit) break;
      }
    }
    await pruneAudit(runtime, tenant, db, held);
    // What nobody noted: pictures by recipes that are gone, files that an erasure left.
    if (await hasFiles(db)) await db.write([held, askSweep(runtime.ports.clock.now())]);
  } catch (error) {
    if (error instanceof DatabaseError && error.message.includes('assertion')) throw new Superseded();
    throw error;
  }
}

async function letRecordsGo(runtime: Runtime, tenant: Tenant, db: Database, held: Statement): Promise<void> {
  const aging = tenant.modules.flatMap(({ entities }) => [...entities.values()].filter(({ json }) => json.retention));
  for (let pass = 0, gone = aging.length; pass < passes && gone > 0; pass++) {
    gone = 0;
    for (const entity of aging) {
      const referrers = await referrersOf(db, entity);
      for (let count = chunkRecords; count === chunkRecords; gone += count) {
        count = await chunk(runtime, tenant, entity, referrers, held);
      }
    }
  }
}

/** Every table of the store that has a say, also those of modules that are no longer installed. References within lists go by a trigger where they do not restrict. */
async function referrersOf(db: Database, { table }: CompiledEntity): Promise<Referrer[]> {
  const sql = `SELECT m.name, k."from" FROM sqlite_schema m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND k."table" = ? AND k.on_delete IN ('RESTRICT', 'NO ACTION') AND NOT EXISTS (SELECT 1 FROM sqlite_schema t WHERE t.type = 'trigger' AND t.tbl_name = k."table" AND t.sql LIKE '% AFTER DELETE ON %' AND instr(t.sql, '"' || m.name || '"') > 0)`;
  const [found] = await db.read([{ sql, args: [table] }]);
  return found!.rows.map(([name, column]) => ({ table: name as string, column: column as string }));
}

/** One commit with its audit rows and events; how many records it was about. */
async function chunk(
  runtime: Runtime,
  tenant: Tenant,
  entity: CompiledEntity,
  referrers: readonly Referrer[],
  held: Statement,
): Promise<number> {
  const { body } = await runCall(runtime, systemCall(tenant, uuidv7()), async work => {
    const retention = retentionOf(entity, work.now, tenant.client.zone, referrers, chunkRecords);
    if (!retention) return { status: 200, body: '0' };
    const { rows } = await work.read(retention.due.sql, retention.due.args ?? []);
    const ids = rows.map(row => row[0] as string);
    if (ids.length === 0) return { status: 200, body: '0' };
    work.write(held.sql, held.args ?? []);
    work.refusals.set(0, new Superseded());
    // Not of changes() afterwards: words that a full-text index has waiting would be counted too.
    const { sql: still, args: among = [] } = retention.still(ids);
    work.expect(`(${still}) = ?`, [...among, ids.length], new Contention(Problem.of('CONFLICT')));
    const { sql, args = [] } = retention.write(ids);
    work.write(sql, args);
    work.timed ||= entity.rules.timed;
    const name = `${entity.module}.${entity.name}`;
    const [action, event] = retention.action === 'delete' ? ['deleted', 'deleted'] : ['anonymised', 'updated'];
    for (const id of ids) {
      work.audit.push({ action, entity: name, record: id, diff: null });
      work.outbox.push({ id: uuidv7(), event: `${name}.${event}`, record: id, key: id, payload: { id } });
    }
    return { status: 200, body: String(ids.length) };
  });
  return Number(body);
}
