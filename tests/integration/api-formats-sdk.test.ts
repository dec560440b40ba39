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
const asked = { filter: { service: { some: { active: { eq: true } } } }, sort: ['-start'], size: 3, include: ['service', 'resource.schedule'] } as const;
const related = await client.booking.booking.query(asked);
const service = related.data[0]!.service;
const within = await client.booking.service.list({ filter: { id: { eq: service }, 'booking:service': { some: { start: { between: ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'] } } } } });
const names: readonly string[] = Object.values(related.included!['booking.service']!).map(record => record!.name);
const ofOne = await client.booking.booking.getWith(related.data[0]!.id, ['service']);
const back = await client.booking.booking.list({ ...asked, before: 'end' });
const [figures] = await client.booking.service.aggregate({ measure: ['count', 'sum(price)'], filter: { active: { eq: true } } });
const days = await client.booking.booking.aggregate({ group: ['status', 'month(start)'], zone: 'Europe/Prague', sort: ['-count', 'status'] });
const draft = (name: string) => ({ op: 'create', data: { name, zone: 'Europe/Prague', windows: [] } }) as const;
const made2 = await client.calendar.schedule.bulk('atomic', [draft('Bulk A'), draft('Bulk B')], { idempotencyKey: 'bulk-ts' });
const outcomes = await client.calendar.schedule.bulk('each', [...made2.map(({ data }) => ({ op: 'delete', id: data!.id }) as const), { op: 'delete', id: 'nope' }]);
const trial = await client.party.person.importRows({ rows: [{ name: 'Imported One', email: 'one-ts@example.com' }], match: 'email', dryRun: true });
const imported = await client.party.person.importRows({ rows: [{ name: 'Imported One', email: 'one-ts@example.com' }, { email: 'x' }], match: 'email' });
const found = await client.search({ q: 'imported one', entities: ['party.person'] });
const csv = await client.party.person.exportCsv({ filter: { email: { eq: 'one-ts@example.com' } } });
const undone = await client.party.person.undoImport(imported.import!);
const newest = {
  related: related.data.length, within: within.data[0]!.id === service, names: names.length > 0,
  one: ofOne.included!['booking.service']![service]!.id === service, back: back.page.after,
  count: figures!.measures.count, days: days.length > 0 && /^\\d{4}-\\d\\d$/.test(days[0]!.group['month(start)']!),
  made: made2.map(({ status }) => status), outcomes: outcomes.map(({ status }) => status),
  trial: [trial.new, trial.import], imported: [imported.new, imported.errors[0]!.row],
  found: found.data[0]!.label, csv: csv.split('\\r\\n').length, undone: undone.removed,
};
console.log(JSON.stringify({ newest, total: page.page.total, all: all.length, same: made.id === again.id, name: changed.name, code, pointers, services: Array.isArray(services), status: cancelled.status }));
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
asked = {"filter": {"service": {"some": {"active": {"eq": True}}}}, "sort": ["-start"], "size": 3, "include": ["service", "resource.schedule"]}
related = client.booking.booking.query(**asked)
service = related.data[0]["service"]
within = client.booking.service.list(filter={"id": {"eq": service}, "booking:service": {"some": {"start": {"between": ["2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"]}}}})
names = [record["name"] for record in related.included["booking.service"].values()]
back = client.booking.booking.list(**asked, before="end")
figures = client.booking.service.aggregate(measure=["count", "sum(price)"], filter={"active": {"eq": True}})[0]
days = client.booking.booking.aggregate(group=["status", "month(start)"], zone="Europe/Prague", sort=["-count", "status"])
draft = lambda name: {"op": "create", "data": {"name": name, "zone": "Europe/Prague", "windows": []}}
made2 = client.calendar.schedule.bulk("atomic", [draft("Bulk A"), draft("Bulk B")], idempotency_key="bulk-py")
outcomes = client.calendar.schedule.bulk("each", [{"op": "delete", "id": item["data"]["id"]} for item in made2] + [{"op": "delete", "id": "nope"}])
rows = [{"name": "Imported One", "email": "one-py@example.com"}, {"email": "x"}]
trial = client.party.person.import_rows(rows=rows[:1], match="email", dry_run=True)
imported = client.party.person.import_rows(rows=rows, match="email")
found = client.search("imported one", entities=["party.person"])
csv = client.party.person.export_csv(filter={"email": {"eq": "one-py@example.com"}})
undone = client.party.person.undo_import(imported["import"])
newest = {
    "related": len(related.data), "within": within.data[0]["id"] == service, "names": len(names) > 0,
    "one": related.included["booking.service"][service]["id"] == service, "back": back.after,
    "count": figures["measures"]["count"], "days": len(days) > 0 and len(days[0]["group"]["month(start)"]) == 7,
    "made": [item["status"] for item in made2], "outcomes": [item["status"] for item in outcomes],
    "trial": [trial["new"], trial["import"]], "imported": [imported["new"], imported["errors"][0]["row"]],
    "found": found["data"][0]["label"], "csv": len(csv.split("\\r\\n")), "undone": undone["removed"],
}
print(json.dumps({"newest": newest, "total": page.total, "all": len(everything), "same": made["id"] == again["id"], "name": changed["name"], "code": code, "pointers": pointers, "services": isinstance(services, list), "status": cancelled["status"]}))
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
    newest: {
      related: 3,
      within: true,
      names: true,
      one: true,
      back: null,
      count: (await world.salon.data<unknown[]>('booking/v1/service?filter[active][eq]=true&page[size]=200')).length,
      days: true,
      made: [201, 201],
      outcomes: [204, 204, 404],
      trial: [1, null],
      imported: [1, 2],
      found: 'Imported One',
      csv: 3,
      undone: 1,
    },
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
      "client.booking.booking.list({ include: ['service.bookings'] })",
      "client.booking.service.list({ filter: { 'booking:service': { some: { begin: { eq: 'x' } } } } })",
      "client.booking.service.list({ filter: { createdAt: { between: ['x'] } } })",
      "client.booking.service.aggregate({ measure: ['sum(name)'] })",
      "client.calendar.schedule.bulk('atomic', [{ op: 'update', data: {} }])",
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
      [...lines].sort((a, b) => a - b),
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
    assert.ok(
      reader.includes('reads<BookingService') && !reader.includes('creates') && !reader.includes('CalendarSchedule'),
    );
    writeFileSync(join(folder, 'reader.ts'), reader);
    assert.deepEqual(await compile(folder, 'reader.ts'), { code: 0, output: '' });
    assert.equal((await fetch(`${world.host.url}/api/sdk/python`)).status, 401);
  });
});
