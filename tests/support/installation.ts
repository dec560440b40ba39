/** Hosts that come and go on the same data, in processes of their own: `INLAY_TEST_HOST` says which kind. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../edge/adapters/clock.ts';
import { createEmbeddedDatabases } from '../../edge/adapters/node/databases.ts';
import { createFileOutbox } from '../../edge/adapters/node/mailer.ts';
import { createSqldAdmin } from '../../edge/adapters/worker/database-admin.ts';
import { createRemoteDatabases } from '../../edge/adapters/worker/databases.ts';
import { createDatabaseOutbox } from '../../edge/adapters/worker/mailer.ts';
import { CONTROL_DATABASE } from '../../edge/control/database.ts';
import type { Databases, SentMail } from '../../schemas/ports/index.ts';
import { freePort } from '../../tools/free-port.ts';
import { startWorkerHost, type WorkerHost } from '../../tools/worker-host.ts';
import { startNodeProcess } from './node-process.ts';

/** One version of the host, beside others on the same data. */
export interface RunningHost {
  readonly url: string;
  /** Requests that it has not answered. */
  pending: number;
  /** What a timer does on this host from time to time. */
  tick(): Promise<void>;
  end(): Promise<void>;
  /** Ends it in the middle of what it does. */
  kill(): Promise<void>;
}

export interface Installation {
  launch(checkout: string): Promise<RunningHost>;
  /** The databases of all of its hosts. */
  databases(): Databases;
  /** Every mail that they have sent. */
  mails(): Promise<readonly SentMail[]>;
  /** When no host of it runs any more. */
  close(): Promise<void>;
}

function nodeInstallation(): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-restart-'));
  const outbox = createFileOutbox(join(folder, 'mail'), systemClock);
  let databases: ReturnType<typeof createEmbeddedDatabases> | undefined;
  return {
    databases: () => (databases ??= createEmbeddedDatabases({ folder: join(folder, 'stores') })),
    mails: () => outbox.list(),
    async launch(checkout) {
      const host = await startNodeProcess({ port: await freePort(), folder, checkout });
      return {
        url: host.url,
        pending: 0,
        tick: async () => {},
        end: async () => assert.equal(await host.end('SIGTERM'), 0, 'it ended by itself, with everything done'),
        kill: async () => void (await host.end('SIGKILL')),
      };
    },
    async close() {
      databases?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two bundles in workerd over one database server; the first started keeps it. */
function workerInstallation(): Installation {
  let first: WorkerHost | undefined;
  const databases = () => {
    const { url, adminUrl } = first!.sqld;
    return createRemoteDatabases({ url, admin: createSqldAdmin({ url: adminUrl }) });
  };
  return {
    databases,
    mails: () => createDatabaseOutbox(databases(), CONTROL_DATABASE, systemClock).list(),
    async launch(checkout) {
      const host = await startWorkerHost({ checkout, ...(first && { beside: first }) });
      first ??= host;
      const { url, tick } = host;
      const quit = () => (host === first ? host.quit() : host.stop());
      // The platform ends the old version once it has answered; nothing is told to it.
      return { url, pending: 0, tick, end: quit, kill: quit };
    },
    close: async () => first?.stop(),
  };
}

export const openInstallation = (): Installation =>
  process.env['INLAY_TEST_HOST'] === 'worker' ? workerInstallation() : nodeInstallation();
