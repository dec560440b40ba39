import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineModule, entity, f, implement } from '../../schemas/module/index.ts';
import type { Ports } from '../../schemas/ports/index.ts';
import type { VersionPlan } from '../../schemas/protocol/index.ts';
import { freePort } from '../../tools/free-port.ts';
import { systemChance } from '../adapters/chance.ts';
import { systemClock } from '../adapters/clock.ts';
import { createProcessAlarms } from '../adapters/node/alarms.ts';
import { createFolderBlobs } from '../adapters/node/blobs.ts';
import { createProcessCoalescer } from '../adapters/node/coalescer.ts';
import { createEmbeddedDatabases } from '../adapters/node/databases.ts';
import { createProcessScheduler } from '../adapters/node/scheduler.ts';
import { startServer } from '../adapters/node/server.ts';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { ApiClient } from '../demo/api-client.ts';
import type { ModuleSource } from '../engine/registry.ts';

const access = { admin: { read: true, create: true, update: true } } as const;
const about = {
  id: 'test.desk',
  type: 'app',
  label: 'Desk',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  events: {},
} as const;
const count = { input: {}, output: { n: f.int() }, access: ['admin'], effect: 'read' } as const;
const base = { name: f.text({ max: 40 }), start: f.int(), end: f.int() };

const old = defineModule({
  ...about,
  version: '1.0.0',
  entities: { note: entity({ label: 'Note', fields: base, access }) },
  actions: { count },
});
const fresh = defineModule({
  ...about,
  version: '1.1.0',
  entities: {
    note: entity({
      label: 'Note',
      fields: { ...base, colour: f.enum(['red', 'blue']).default('red').index() },
      constraints: [{ name: 'ordered', check: { left: 'start', op: 'lt', right: 'end' } }],
      access,
    }),
    tag: entity({ label: 'Tag', fields: { note: f.ref('note') }, access }),
  },
  actions: {
    count,
    paint: { input: { colour: f.text() }, output: { n: f.int() }, access: ['admin'], effect: 'write' },
  },
  migrations: [{ to: '1.1.0', backfill: [{ entity: 'note', set: { colour: { value: 'blue' } } }] }],
});
const oldCode = implement(old, { actions: { count: async (_, ctx) => ({ n: (await ctx.db.note.list()).length }) } });
const freshCode = implement(fresh, {
  actions: {
    count: async (_, ctx) => ({ n: (await ctx.db.note.list()).length }),
    async paint({ colour }, ctx) {
      ctx.db.note.create({ name: colour, start: 1, end: 2, colour: 'blue' });
      return { n: 1 };
    },
  },
});
const source = (module: object, code: object): ModuleSource => ({
  manifest: async () => ({ module }),
  implementation: async () => ({ code }),
});

test('a module upgraded and rolled back under reads and writes gives no 5xx and loses no write', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-load-'));
  const databases = createEmbeddedDatabases({ folder, synchronous: 'NORMAL' });
  const failures: unknown[] = [];
  const scheduler = createProcessScheduler(error => void failures.push(error));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const verdict = { allowed: true, limit: 1e9, remaining: 1e9, resetSeconds: 60 };
  const alarms = createProcessAlarms(systemClock, scheduler);
  const ports = {
    alarms,
    blobs: createFolderBlobs({ folder: join(folder, 'files') }),
    chance: systemChance,
    clock: systemClock,
    coalescer: createProcessCoalescer(),
    databases,
    limiter: { take: () => verdict },
    mailer: { send: async () => {} },
    assets: { read: async () => undefined },
    scheduler,
  } as unknown as Ports;
  const config = {
    version: '0',
    host: 'node',
    publicUrl: url,
    masterKey: new Uint8Array(32).fill(7),
  } as unknown as Config;
  const desk: ModuleSource = { ...source(fresh, freshCode), versions: { '1.0.0': source(old, oldCode) } };
  // A first start knew 1.0.0 alone; the second brings 1.1.0 beside it.
  const first = await createApp({ ports, config, modules: { desk: source(old, oldCode) } });
  const api = new ApiClient(request => first.hono.fetch(request), url);
  await api.send('/api/signup', { body: { agencyName: 'A', name: 'A', email: 'a@a.test', password: 'correct horse' } });
  const client = await api.send<{ id: string }>('/api/clients', { body: { name: 'Rosa', zone: 'UTC' } });
  await api.send(`/api/clients/${client.id}/installations`, { body: { module: 'desk' } });
  const { key } = await api.send<{ key: string }>(`/api/clients/${client.id}/keys`, {
    body: { name: 'K', scopes: ['*'] },
  });

  const app = await createApp({ ports, config, modules: { desk } });
  const server = await startServer({
    fetch: (request: Request, bindings: object) => app.hono.fetch(request, bindings),
    port,
    hostname: '127.0.0.1',
  });
  t.after(async () => {
    await server.stop(1000);
    alarms.stop();
    await scheduler.drain(1000);
    databases.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const staff = new ApiClient(request => fetch(request), url);
  await staff.send('/api/session', { body: { email: 'a@a.test', password: 'correct horse' } });
  const at = `/api/clients/${client.id}/installations/desk`;
  const call = (path: string, body?: unknown) =>
    fetch(`${url}/api/m/desk/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const plan = await staff.send<VersionPlan>(`${at}/upgrade`, { body: { dryRun: true } });
  assert.deepEqual(plan.changes[0]!.added, {
    entities: ['tag'],
    fields: ['note.colour', 'tag.note'],
    actions: ['paint'],
  });
  assert.ok(plan.changes[0]!.permissions.includes('admin may call paint'));
  assert.deepEqual([plan.done, plan.conflicts], [false, []]);

  const statuses = new Map<number, number>();
  const written = new Set<string>();
  let stop = false;
  const workers = Array.from({ length: 8 }, async (_, worker) => {
    for (let n = 0; !stop; n++) {
      const reply =
        n % 3 === 0
          ? await call('note', { name: `w${worker}-${n}`, start: 1, end: 2 })
          : n % 3 === 1
            ? await call('note?page[size]=20')
            : await call('actions/count', {});
      const text = await reply.text();
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (reply.status >= 500) assert.fail(`${reply.status}: ${text}`);
      if (reply.status === 201) written.add((JSON.parse(text) as { data: { id: string } }).data.id);
    }
  });
  const verbs = ['read tag', 'create tag', 'update tag', 'call paint'];
  const consent = verbs.map(verb => `desk: admin may ${verb}`);
  for (let round = 0; round < 10; round++) {
    await sleep(60);
    await staff.send(`${at}/upgrade`, { body: { consent } });
    await sleep(60);
    assert.equal((await call('actions/paint', { colour: 'x' })).status, 200);
    await staff.send(`${at}/rollback`, { body: {} });
    assert.equal((await call('actions/paint', { colour: 'x' })).status, 404);
  }
  stop = true;
  await Promise.all(workers);
  assert.deepEqual([...statuses.keys()].sort(), [200, 201]);
  assert.ok(written.size > 100, `${written.size} writes`);
  const pages = new Set<string>();
  for (let after = ''; ; ) {
    const reply = await call(`note?page[size]=200${after && `&page[after]=${encodeURIComponent(after)}`}`);
    const { data, page } = (await reply.json()) as { data: { id: string }[]; page: { after: string | null } };
    for (const { id } of data) pages.add(id);
    if (!page.after) break;
    after = page.after;
  }
  assert.deepEqual(
    [...written].filter(id => !pages.has(id)),
    [],
  );
  assert.equal(pages.size, written.size + 10);
  assert.deepEqual(failures, []);
  t.diagnostic(`statuses ${JSON.stringify([...statuses])}, ${written.size} writes`);
});
