import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import { compile, run } from '../support/typescript-project.ts';

/** What both clients are asked to do, in their own language. */
const typescript = `
import { createClient, InlayError } from './inlay.ts';
const client = createClient({ credential: process.argv[2]!, url: process.argv[3]! });
const page = await client.booking.service.list({ filter: { active: { eq: true } }, sort: ['position', '-name'], size: 2, count: true });
const all: string[] = [];
for await (const service of client.booking.service.all({ size: 2 })) all.push(service.name);
const made = await client.calendar.schedule.create(
  { name: 'From TypeScript', zone: 'Europe/Prague', windows: [{ days: [1], start: '09:00', end: '12:00' }] },
  { idempotencyKey: 'sdk-ts' },
);
const again = await client.calendar.schedule.create(
  { name: 'From TypeScript', zone: 'Europe/Prague', windows: [{ days: [1], start: '09:00', end: '12:00' }] },
  { idempotencyKey: 'sdk-ts' },
);
const changed = await client.calendar.schedule.update(made.id, { name: 'Changed' }, { ifMatch: made.rev });
let code = '';
try {
  await client.calendar.schedule.update(made.id, { name: 'Stale' }, { ifMatch: made.rev });
} catch (error) {
  if (error instanceof InlayError && error.code === 'PRECONDITION_FAILED') code = error.code;
}
const pointers: string[] = [];
try {
  await client.calendar.schedule.create({ name: 'X', zone: 'Mars/Olympus', windows: [] });
} catch (error) {
  if (error instanceof InlayError) pointers.push(...error.errors.map(({ pointer }) => pointer));
}
await client.calendar.schedule.delete(made.id);
const { services } = await client.booking.actions.catalogue({});
const confirmed = await client.booking.booking.list({ filter: { status: { eq: 'confirmed' } }, sort: ['-start'], size: 1 });
const cancelled = await client.booking.booking.cancel(confirmed.data[0]!.id);
console.log(JSON.stringify({ total: page.page.total, all: all.length, same: made.id === again.id, name: changed.name, code, pointers, services: Array.isArray(services), status: cancelled.status }));
`;

const python = `
import json, sys
from inlay import InlayClient, InlayError
client = InlayClient(sys.argv[1], url=sys.argv[2])
page = client.booking.service.list(filter={"active": {"eq": True}}, sort=["position", "-name"], size=2, count=True)
everything = list(client.booking.service.all(size=2))
draft = {"name": "From Python", "zone": "Europe/Prague", "windows": [{"days": [1], "start": "09:00", "end": "12:00"}]}
made = client.calendar.schedule.create(draft, idempotency_key="sdk-py")
again = client.calendar.schedule.create(draft, idempotency_key="sdk-py")
changed = client.calendar.schedule.update(made["id"], {"name": "Changed"}, if_match=made["rev"])
code, pointers = "", []
try:
    client.calendar.schedule.update(made["id"], {"name": "Stale"}, if_match=made["rev"])
except InlayError as error:
    code = error.code
try:
    client.calendar.schedule.create({"name": "X", "zone": "Mars/Olympus", "windows": []})
except InlayError as error:
    pointers = [problem.pointer for problem in error.errors]
client.calendar.schedule.delete(made["id"])
services = client.booking.actions.catalogue({})["services"]
confirmed = client.booking.booking.list(filter={"status": {"eq": "confirmed"}}, sort=["-start"], size=1)
cancelled = client.booking.booking.cancel(confirmed.data[0]["id"])
print(json.dumps({"total": page.total, "all": len(everything), "same": made["id"] == again["id"], "name": changed["name"], "code": code, "pointers": pointers, "services": isinstance(services, list), "status": cancelled["status"]}))
`;

describe('generated clients', () => {
  let world: DemoWorld;
  const folder = mkdtempSync(join(tmpdir(), 'inlay-sdk-'));
  before(async () => {
    world = await startDemoWorld();
    for (const [language, file] of [
      ['typescript', 'inlay.ts'],
      ['python', 'inlay.py'],
    ] as const) {
      const response = await fetch(`${world.host.url}/api/sdk/${language}`, {
        headers: { authorization: `Bearer ${world.salon.key}` },
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-disposition'), `attachment; filename="${file}"`);
      writeFileSync(join(folder, file), await response.text());
    }
  });
  after(async () => {
    await world?.host.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const expected = async () => ({
    total: (await world.salon.data<unknown[]>('booking/v1/service?filter[active][eq]=true&page[size]=200')).length,
    all: (await world.salon.data<unknown[]>('booking/v1/service?page[size]=200')).length,
    same: true,
    name: 'Changed',
    code: 'PRECONDITION_FAILED',
    pointers: ['/zone'],
    services: true,
    status: 'cancelled',
  });

  it('the TypeScript client compiles and does what it says', async () => {
    writeFileSync(join(folder, 'use.ts'), typescript);
    assert.deepEqual(await compile(folder, 'use.ts'), { code: 0, output: '' });
    const { code, output } = await run(folder, process.execPath, ['use.ts', world.salon.key, world.host.url]);
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(output), await expected());
  });

  it('what the API would refuse does not compile', async () => {
    const mistakes = [
      "client.calendar.schedule.create({ name: 'A', zone: 'UTC', windows: [], colour: 'red' })",
      "client.calendar.schedule.create({ name: 'A', zone: 'UTC' })",
      "client.booking.service.list({ filter: { approval: { eq: 'sometimes' } } })",
      "client.booking.service.list({ filter: { title: { eq: 'x' } } })",
      "client.booking.service.list({ sort: ['durations'] })",
      'client.booking.booking.create({})',
      "client.booking.booking.book('id')",
      'client.booking.actions.hold({ service: 1, start: 2 })',
    ];
    const open = "import { createClient } from './inlay.ts';\nconst client = createClient({ credential: '' });\n";
    writeFileSync(join(folder, 'wrong.ts'), open + mistakes.map(line => `void ${line};`).join('\n'));
    const { code, output } = await compile(folder, 'wrong.ts');
    assert.notEqual(code, 0);
    const lines = new Set([...output.matchAll(/^wrong\.ts[:(](\d+)/gm)].map(match => Number(match[1]) - 3));
    assert.deepEqual(
      [...lines].sort(),
      mistakes.map((_line, index) => index),
      output,
    );
  });

  it('the Python client does the same on the standard library alone', async () => {
    writeFileSync(join(folder, 'use.py'), python);
    const { code, output } = await run(folder, 'python3', ['use.py', world.salon.key, world.host.url]);
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(output), await expected());
    const imported = readFileSync(join(folder, 'inlay.py'), 'utf8').matchAll(/^(?:from|import) (\w+)/gm);
    const allowed = new Set(['__future__', 'json', 'random', 'time', 'urllib', 'uuid', 'dataclasses', 'typing']);
    assert.deepEqual(
      [...imported].map(match => match[1]!).filter(name => !allowed.has(name)),
      [],
    );
  });

  it('a client has no more than its credential may do, and compiles all the same', async () => {
    const text = readFileSync(join(folder, 'inlay.ts'), 'utf8');
    assert.ok(!text.includes('allocate') && !text.includes('holdHash'));
    const [{ id } = { id: '' }] = await world.api.get<{ id: string }[]>('/api/clients');
    const made = await world.api.send<{ key: string }>(`/api/clients/${id}/keys`, {
      body: { name: 'Reader', scopes: ['booking:read'] },
    });
    const response = await fetch(`${world.host.url}/api/sdk/typescript`, {
      headers: { authorization: `Bearer ${made.key}` },
    });
    const reader = await response.text();
    assert.ok(reader.includes('reads<BookingService') && !reader.includes('creates') && !reader.includes('calendar'));
    writeFileSync(join(folder, 'reader.ts'), reader);
    assert.deepEqual(await compile(folder, 'reader.ts'), { code: 0, output: '' });
    assert.equal((await fetch(`${world.host.url}/api/sdk/python`)).status, 401);
  });
});
