/** Runs jobs that are due, each by one runner at a time; what a job writes and that it ran are one commit. */
import { uuidv7 } from 'uuidv7';
import type { AnyModule, JobContext } from '../../../schemas/module/index.ts';
import { type Database, DatabaseError } from '../../../schemas/ports/index.ts';
import { sweepFiles } from '../../files/sweep.ts';
import { filesJob, sweptStatements } from '../../files/sweep-job.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { backoff, reasonOf, tries } from '../backoff.ts';
import { type Call, runCall } from '../call.ts';
import type { CompiledModule } from '../compile/module.ts';
import { createContext } from '../context.ts';
import { Superseded, whileHolding } from '../lease.ts';
import { systemCall } from '../outbox.ts';
import { outsideOf } from '../outside.ts';
import { runRetention } from '../retention/run-retention.ts';
import type { Runtime } from '../runtime.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import {
  claimJob,
  deadStatement,
  doneStatement,
  heldStatement,
  type JobRow,
  renewStatement,
  retryStatement,
  skipStatement,
} from './job-rows.ts';
import { nextRun } from './next-run.ts';
import { timedTransition } from './timed-transition.ts';
import { jobOf, retentionJob, zoneOf } from './timetables.ts';

/** Runs the one job that has been due longest. */
export async function runDueJob(runtime: Runtime, tenant: Tenant, db: Database): Promise<void> {
  const { chance, clock } = runtime.ports;
  const runner = uuidv7();
  const row = await claimJob(db, runner, clock.now());
  if (!row) return;
  const renew = () => db.write([renewStatement(row, runner, clock.now())]);
  await whileHolding(renew, async () => {
    try {
      if (row.attempts > tries) throw new Error('The process ended in every try.');
      await run(runtime, tenant, db, row, runner);
    } catch (error) {
      if (error instanceof Superseded) return;
      if (error instanceof DatabaseError && error.kind === 'unavailable') throw error;
      const reason = reasonOf(error);
      console.error(`job ${row.name} ${row.key}, try ${row.attempts}: ${reason}`);
      const now = clock.now();
      const wait = backoff(row.attempts, chance);
      const next = nextOf(tenant, row, now);
      if (next !== undefined && (wait === undefined || next <= now + wait))
        await db.write([skipStatement(row, runner, next, reason)]);
      else if (wait === undefined) await db.write([deadStatement(row, runner, reason)]);
      else await db.write([retryStatement(row, runner, now + wait, reason)]);
    }
  });
}

/** The timetable's next time: runs that were missed are made up for once. */
function nextOf(tenant: Tenant, row: JobRow, now: number): number | undefined {
  if (!row.hasTimetable) return undefined;
  const job = jobOf(tenant, row.name);
  const zone = zoneOf(tenant, row.key);
  return job && zone ? nextRun(job, zone, now) : undefined;
}

async function run(runtime: Runtime, tenant: Tenant, db: Database, row: JobRow, runner: string): Promise<void> {
  if (row.name === filesJob) return sweep(runtime, tenant, db, row, runner);
  if (row.name === retentionJob) await runRetention(runtime, tenant, db, heldStatement(row, runner));
  const [name = '', ...path] = row.name.split('.');
  const module = tenant.byName.get(name);
  const site = row.hasTimetable ? tenant.sites.find(({ id }) => id === row.key) : undefined;
  const call = { ...systemCall(tenant, uuidv7()), site };
  const done = doneStatement(row, runner, nextOf(tenant, row, runtime.ports.clock.now()));
  await runCall(runtime, call, async work => {
    work.write(done.sql, done.args!);
    work.expectChange(new Superseded());
    // What a module that is gone had asked for goes with it, and so does what a site had that is gone.
    if (module && path.length === 2) await timedTransition(runtime, call, module, work, row, path[0]!, path[1]!);
    else if (module && (!row.hasTimetable || row.key === '' || site))
      await runHandler(runtime, call, module, work, row, path[0]!);
    return { status: 200, body: '' };
  });
}

async function sweep(runtime: Runtime, tenant: Tenant, db: Database, row: JobRow, runner: string): Promise<void> {
  await sweepFiles(runtime, tenant);
  const [ended] = await db.write(sweptStatements(row.seq, runner, runtime.ports.clock.now()));
  if (ended!.changes === 0) throw new Superseded();
}

async function runHandler(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  work: UnitOfWork,
  row: JobRow,
  job: string,
): Promise<void> {
  const handler = module.code?.jobs?.[job] as ((ctx: JobContext<AnyModule>, payload: unknown) => unknown) | undefined;
  const json = module.manifest.jobs?.[job];
  if (!handler || !json) throw new TypeError(`${module.name} has no job "${job}" any more`);
  const id = `${row.name}:${row.key}:${row.plannedAt}`;
  const context: JobContext<AnyModule> = Object.assign(createContext(runtime, call, module, work, true), {
    job: { id, at: row.plannedAt },
    ...outsideOf(runtime, call.tenant, id),
  });
  await handler(context, module.jobs.get(job)?.input.parse(row.payload));
}
