import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

describe('data plane over HTTP', () => {
  let world: DemoWorld;
  before(async () => {
    world = await startDemoWorld();
  });
  after(() => world?.host.stop());

  it('create, read, change and delete with ETag, If-Match and If-None-Match', async () => {
    const { salon } = world;
    const made = await salon.call('calendar/v1/schedule', {
      body: { name: 'Evenings', zone: 'Europe/Prague', windows: [{ days: [1], start: '18:00', end: '21:00' }] },
    });
    assert.equal(made.status, 201);
    assert.equal(made.headers.get('etag'), '"1"');
    const { data } = (await made.json()) as { data: { id: string } };
    const path = `calendar/v1/schedule/${data.id}`;
    assert.equal((await salon.call(path, { headers: { 'if-none-match': '"1"' } })).status, 304);
    const changed = await salon.call(path, { method: 'PATCH', body: { name: 'Late' }, headers: { 'if-match': '"1"' } });
    assert.deepEqual([changed.status, changed.headers.get('etag')], [200, '"2"']);
    const stale = await salon.call(path, { method: 'PATCH', body: { name: 'Later' }, headers: { 'if-match': '"1"' } });
    assert.equal(stale.status, 412);
    assert.equal(((await stale.json()) as { code: string }).code, 'PRECONDITION_FAILED');
    assert.equal((await salon.call(path, { method: 'DELETE', headers: { 'if-match': '"1"' } })).status, 412);
    assert.equal((await salon.call(path, { method: 'DELETE' })).status, 204);
    assert.equal((await salon.call(path)).status, 404);
  });

  it('what a list names cannot be deleted until it names it no more', async () => {
    const { salon } = world;
    const [model] = await salon.data<{ schedule: string }[]>('calendar/v1/resource?page[size]=1');
    const made = (name: string) =>
      salon.data<{ id: string }>('calendar/v1/resource', { body: { kind: 'person', name, schedule: model!.schedule } });
    const [ida, jan] = [await made('Ida'), await made('Jan')];
    const path = `calendar/v1/resource/${ida.id}`;
    const body = { name: 'Wax', slug: 'wax', durations: [30], staff: [jan.id, ida.id] };
    const service = await salon.data<{ id: string }>('booking/v1/service', { body });
    const refused = await salon.call(path, { method: 'DELETE' });
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [409, 'IN_USE']);
    const names = (staff: readonly string[]) =>
      salon.call(`booking/v1/service/${service.id}`, { method: 'PATCH', body: { staff } });
    assert.equal((await names([jan.id])).status, 200);
    // Of one who names her and one who deletes her at once, one is refused.
    const [named, deleted] = await Promise.all([names([ida.id]), salon.call(path, { method: 'DELETE' })]);
    assert.deepEqual([named.status, deleted.status].sort(), named.status === 200 ? [200, 409] : [204, 422]);
  });

  it('errors are problems with a code, a trace and a pointer', async () => {
    const response = await world.salon.call('calendar/v1/schedule', {
      body: { name: 'X', zone: 'Mars/Olympus', windows: [{ days: [9], start: '9', end: '10:00' }] },
    });
    assert.equal(response.status, 422);
    const problem = (await response.json()) as { code: string; traceId: string; errors: { pointer: string }[] };
    assert.equal(problem.code, 'VALIDATION_FAILED');
    assert.equal(problem.traceId, response.headers.get('x-request-id'));
    assert.deepEqual(problem.errors.map(error => error.pointer).sort(), [
      '/windows/0/days/0',
      '/windows/0/start',
      '/zone',
    ]);
  });

  it('what cannot be read is refused before anything runs', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${world.host.url}/api/m/calendar/v1/schedule`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.salon.key}`, 'content-type': type },
        body,
      });
    assert.equal((await send('{')).status, 400);
    assert.equal((await send('{}', 'text/plain')).status, 415);
    assert.equal((await send(`{"name":"${'x'.repeat(300_000)}"}`)).status, 413);
    assert.equal((await send('{"__proto__":{"admin":true},"name":"P","zone":"UTC","windows":[]}')).status, 201);
    assert.equal(
      (await world.salon.call('booking/v1/service', { headers: { 'idempotency-key': 'x'.repeat(300) } })).status,
      400,
    );
    assert.equal((await world.salon.call('booking/v2/service')).status, 404);
    assert.equal((await world.salon.call('nothing/v1/service')).status, 404);
  });

  it('pages link to the next by an opaque cursor, limits show on every reply', async () => {
    const seen: string[] = [];
    let path: string | null = 'booking/v1/booking?page[size]=7&sort=start';
    while (path) {
      const response: Response = await world.salon.call(path);
      assert.ok(Number(response.headers.get('ratelimit-limit')) > 0);
      const { data, page } = (await response.json()) as { data: { id: string }[]; page: { after: string | null } };
      seen.push(...data.map(row => row.id));
      path = page.after && `booking/v1/booking?page[size]=7&sort=start&page[after]=${page.after}`;
    }
    const all = (await world.salon.data<{ id: string }[]>('booking/v1/booking?page[size]=200&sort=start')).map(
      row => row.id,
    );
    assert.ok(all.length > 10);
    assert.deepEqual(seen, all);
  });
});
