/** The floor: what a developer would write by hand with Hono and libSQL when nothing but speed mattered. No credential, no check, no limit, no audit. */
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import Libsql from 'libsql';
import type { FloorPlan, MonthRead } from './floor-plan.ts';

type Driver = InstanceType<typeof Libsql>;

const plan = JSON.parse(readFileSync(process.env['FLOOR_PLAN']!, 'utf8')) as FloorPlan;

/** The pragmas that the product sets. */
function open(file: string): Driver {
  const db = new Libsql(file);
  for (const pragma of [
    'journal_mode=WAL',
    'synchronous=FULL',
    'foreign_keys=ON',
    'cache_size=-1000',
    'journal_size_limit=8388608',
  ]) {
    db.exec(`PRAGMA ${pragma}`);
  }
  return db;
}

const app = new Hono();
const quiet = open(plan.stores.quiet);
const written = open(plan.stores.written);
const booked = open(plan.stores.booked);

app.get('/text', c => c.text('ok'));
app.get('/script', c => c.body(plan.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));

const row = quiet.prepare('SELECT * FROM "booking_service" WHERE "id" = ?');
app.get('/row/:id', c => c.json({ data: row.get([c.req.param('id')]) }));

const page = quiet.prepare('SELECT * FROM "booking_service" ORDER BY "position", "id" LIMIT 26');
app.get('/page', c => c.json({ data: (page.all([]) as unknown[]).slice(0, 25), page: { size: 25, after: null } }));

function inTransaction(db: Driver, run: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  run();
  db.exec('COMMIT');
}

let id = 0;
const person = written.prepare(
  'INSERT INTO "party_person" ("id", "created_at", "updated_at", "rev", "name", "email") VALUES (?, ?, ?, 1, ?, ?)',
);
app.post('/person', async c => {
  const data = await c.req.json<{ name: string; email: string }>();
  const now = Date.now();
  inTransaction(written, () => void person.run([`floor-${now}-${id++}`, now, now, data.name, data.email]));
  return c.json({ data }, 201);
});

/** The rows that a search for free times needs. */
function monthReader(db: Driver, { service, start, end, firstDate, lastDate }: MonthRead): () => void {
  const reads = [
    { sql: 'SELECT * FROM "booking_service" WHERE "id" = ?', args: [service] },
    { sql: 'SELECT * FROM "calendar_resource" WHERE "active" = 1 ORDER BY "priority", "name", "id"', args: [] },
    { sql: 'SELECT * FROM "calendar_schedule" ORDER BY "id"', args: [] },
    {
      sql: 'SELECT * FROM "calendar_override" WHERE "date" >= ? AND "date" <= ? ORDER BY "id"',
      args: [firstDate, lastDate],
    },
    { sql: 'SELECT * FROM "calendar_time_off" WHERE "end_" > ? AND "start" < ? ORDER BY "id"', args: [start, end] },
    {
      sql: `SELECT * FROM "calendar_allocation" WHERE "block_end" > ? AND "block_start" < ? AND ("status" = 'firm' OR ("status" = 'held' AND "expires_at" > ?)) ORDER BY "id"`,
      args: [start, end, Date.now()],
    },
  ].map(({ sql, args }) => ({ statement: db.prepare(sql).raw(), args }));
  return () => {
    for (const { statement, args } of reads) statement.all(args);
  };
}

for (const name of ['quiet', 'busy'] as const) {
  const month = plan.availability[name];
  const read = monthReader(name === 'quiet' ? quiet : open(plan.stores.busy), month);
  app.post(`/availability/${name}`, async c => {
    await c.req.json();
    read();
    return c.json({ data: month.reply });
  });
}

booked.exec(
  'CREATE TABLE IF NOT EXISTS "floor" ("id" TEXT PRIMARY KEY NOT NULL, "at" INTEGER NOT NULL, "name" TEXT, "email" TEXT) STRICT',
);
const line = booked.prepare('INSERT INTO "floor" VALUES (?, ?, ?, ?)');
for (const step of ['hold', 'confirm'] as const) {
  app.post(`/${step}`, async c => {
    await c.req.json();
    const now = Date.now();
    inTransaction(booked, () => {
      for (let count = 0; count < plan.statements[step]; count++) line.run([`${now}-${id++}`, now, step, step]);
    });
    return c.json({ data: { hold: `${now}` } });
  });
}

serve({ fetch: app.fetch, port: plan.port, hostname: '127.0.0.1' }, () =>
  console.log('The floor listens on loopback.'),
);
process.once('SIGTERM', () => process.exit(0));
