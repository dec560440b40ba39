/** Rollouts of a module's version over the stores of a data folder (`DATA_DIR`): start, run, watch, pause, resume, abort, release. */
import { desc } from 'drizzle-orm';
import { systemClock } from '../edge/adapters/clock.ts';
import { createEmbeddedDatabases } from '../edge/adapters/node/databases.ts';
import { openControl } from '../edge/control/database.ts';
import { rollout } from '../edge/control/schema.ts';
import { createRegistry } from '../edge/engine/registry.ts';
import { modules } from '../edge/registry.generated.ts';
import { publishedManifest } from '../edge/versions/catalogue.ts';
import {
  abortRollout,
  pauseRollout,
  type RolloutDeps,
  releaseStore,
  resumeRollout,
  rolloutStatus,
  runRollout,
  startRollout,
} from '../edge/versions/rollout.ts';
import { createVersionService } from '../edge/versions/service.ts';

const usage = `Usage: node tools/rollout.ts <command>
  start <module> <version> [most errors, 0.05]   plans it and runs it
  run <id>                                       goes on where it was cut off
  show <id>                                      how far it is
  list                                           the last twenty
  pause <id> | resume <id> | abort <id>
  release <store id>                             lets a store out of quarantine`;

async function main([command = '', ...args]: readonly string[]): Promise<void> {
  const databases = createEmbeddedDatabases({ folder: `${process.env['DATA_DIR'] ?? 'data'}/stores` });
  const { db } = openControl({ databases, clock: systemClock });
  const registry = createRegistry(modules, (name, version) => publishedManifest(db, name, version));
  const versions = createVersionService({ db, clock: systemClock, databases, registry });
  const deps: RolloutDeps = { db, clock: systemClock, versions };
  const [first = '', second = '', rate] = args;
  const show = (value: unknown) => console.log(JSON.stringify(value, null, 2));
  const commands: Readonly<Record<string, () => Promise<void>>> = {
    async start() {
      const maxErrorRate = rate === undefined ? undefined : Number(rate);
      show(await runRollout(deps, await startRollout(deps, { module: first, version: second, maxErrorRate })));
    },
    run: async () => show(await runRollout(deps, first)),
    show: async () => show(await rolloutStatus(db, first)),
    list: async () => show(await db.select().from(rollout).orderBy(desc(rollout.id)).limit(20)),
    pause: () => pauseRollout(deps, first),
    async resume() {
      await resumeRollout(deps, first);
      show(await runRollout(deps, first));
    },
    abort: () => abortRollout(deps, first),
    release: () => releaseStore(deps, first),
  };
  try {
    const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (!run) throw new Error(usage);
    await run();
  } finally {
    databases.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
