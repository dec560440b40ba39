/** The floor at scale: Hono and `libsql` over the same files, with as many of them open at a time as the product holds. No credential, no tenant, no migration. */
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import Libsql from 'libsql';
import { countRelease } from '../../edge/adapters/node/release.ts';

type Driver = InstanceType<typeof Libsql>;
interface Opened {
  readonly db: Driver;
  readonly row: ReturnType<Driver['prepare']>;
}

const MOST_OPEN = 512;
const folder = process.env['FLOOR_STORES']!;
const port = Number(process.env['FLOOR_PORT']);
const pool = new Map<string, Opened>();

function open(store: string): Opened {
  const known = pool.get(store);
  if (known) {
    pool.delete(store);
    pool.set(store, known);
    return known;
  }
  const oldest = pool.size >= MOST_OPEN ? pool.keys().next().value : undefined;
  if (oldest !== undefined) {
    const gone = pool.get(oldest)!;
    pool.delete(oldest);
    gone.db.close();
    countRelease(pool.size);
  }
  const db = new Libsql(join(folder, `${store}.db`));
  for (const pragma of ['synchronous=FULL', 'foreign_keys=ON', 'cache_size=-1000']) db.exec(`PRAGMA ${pragma}`);
  const opened = { db, row: db.prepare('SELECT * FROM "booking_service" WHERE "id" = ?') };
  pool.set(store, opened);
  return opened;
}

const app = new Hono();
app.get('/row/:store/:id', c => c.json({ data: open(c.req.param('store')).row.get([c.req.param('id')]) }));
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log('The floor listens on loopback.'));
process.once('SIGTERM', () => process.exit(0));
