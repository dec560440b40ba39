/** Walks every route of the control plane with the callers that must not pass. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidv7 } from 'uuidv7';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Routes for those who have no session yet. */
const PUBLIC = new Set([
  'POST /api/signup',
  'POST /api/session',
  'GET /api/invitations/lookup/:token',
  'POST /api/invitations/accept/:token',
  'GET /.well-known/jwks.json',
  'GET /api/hosts/allowed',
  'GET /integrations/wordpress.zip',
]);

/** What each role is refused, whatever the id. */
const ADMIN_ONLY = [
  'PATCH /api/agency',
  'PUT /api/agency/updates',
  'DELETE /api/members/:id',
  'POST /api/invitations',
  'DELETE /api/invitations/:id',
  'POST /api/clients',
  'PATCH /api/clients/:id',
  'DELETE /api/clients/:id',
  'GET /api/removed-clients',
  'POST /api/removed-clients/:id/restore',
  'POST /api/clients/:id/keys',
  'DELETE /api/clients/:id/keys/:keyId',
  'POST /api/clients/:id/installations/:module/contract',
  'GET /api/clients/:id/snapshots',
  'POST /api/clients/:id/snapshots',
  'POST /api/clients/:id/snapshots/:snapshotId/restore',
  'DELETE /api/clients/:id/snapshots/:snapshotId',
  'GET /api/clients/:id/deliveries',
  'POST /api/clients/:id/deliveries/:deliveryId/replay',
  'POST /api/clients/:id/deliveries/:deliveryId/discard',
  'POST /api/clients/:id/quarantine/release',
];
const STAFF_ONLY = [
  'GET /api/agency/updates',
  'GET /api/members',
  'GET /api/invitations',
  'GET /api/clients/:id/keys',
  'GET /api/audit',
  'POST /api/clients/:id/sites',
  'PATCH /api/sites/:id',
  'DELETE /api/sites/:id',
  'POST /api/sites/:id/origins',
  'DELETE /api/sites/:id/origins/:originId',
  'POST /api/sites/:id/hosts',
  'POST /api/sites/:id/hosts/:hostId/verify',
  'DELETE /api/sites/:id/hosts/:hostId',
  'PUT /api/sites/:id/modules/:module',
  'PUT /api/sites/:id/captcha',
  'POST /api/clients/:id/installations',
  'PATCH /api/clients/:id/installations/:module',
  'DELETE /api/clients/:id/installations/:module',
  'GET /api/clients/:id/installations/:module/versions',
  'POST /api/clients/:id/installations/:module/upgrade',
  'POST /api/clients/:id/installations/:module/rollback',
  'GET /api/clients/:id/installations/:module/contract',
  'GET /api/clients/:id/removed-modules',
  'GET /api/clients/:id/quarantine',
  'GET /api/rollouts',
  'GET /api/analytics',
  'GET /api/analytics.csv',
];

const bodies: Readonly<Record<string, unknown>> = {
  'PATCH /api/clients/:id': { name: 'Taken' },
  'POST /api/clients/:id/sites': { name: 'Taken' },
  'PATCH /api/sites/:id': { name: 'Taken' },
  'POST /api/sites/:id/origins': { origin: 'https://taken.example' },
  'POST /api/sites/:id/hosts': { host: 'taken.example' },
  'PUT /api/sites/:id/modules/:module': { enabled: true },
  'PUT /api/sites/:id/captcha': { provider: 'work' },
  'PUT /api/agency/updates': { held: true },
  'POST /api/clients/:id/installations': { module: 'booking' },
  'PATCH /api/clients/:id/installations/:module': { settings: {} },
  'POST /api/clients/:id/installations/:module/contract': { parts: ['x'] },
  'POST /api/clients/:id/keys': { name: 'Taken', scopes: ['*'] },
};

describe('every control plane route', () => {
  let world: World;
  let routes: readonly Route[];
  let owner: Caller;
  let member: Caller;
  let clientUser: Caller;
  let other: Caller;
  let ids: Record<string, string>;

  before(async () => {
    world = createWorld();
    routes = [
      ...new Map(world.routes.routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values(),
    ];
    owner = await world.signUp('owner@a.test', 'A');
    other = await world.signUp('owner@b.test', 'B');
    const data = async (method: string, path: string, body?: unknown) => {
      const answer = await world.call(owner, method, path, body);
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
      return answer.body.data;
    };
    const client = await data('POST', '/api/clients', { name: 'Rosa', zone: 'Europe/Prague' });
    const site = await data('POST', `/api/clients/${client.id}/sites`, { name: 'Main' });
    const origin = await data('POST', `/api/sites/${site.id}/origins`, { origin: 'https://rosa.example' });
    const host = await data('POST', `/api/sites/${site.id}/hosts`, { host: 'book.rosa.example' });
    await data('POST', `/api/clients/${client.id}/installations`, { module: 'booking' });
    const key = await data('POST', `/api/clients/${client.id}/keys`, { name: 'Sync', scopes: ['*'] });
    const gone = await data('POST', '/api/clients', { name: 'Gone', zone: 'UTC' });
    assert.equal((await world.call(owner, 'DELETE', `/api/clients/${gone.id}`)).status, 204);
    const invitation = await data('POST', '/api/invitations', { email: 'x@a.test', role: 'member' });
    const [membership] = await data('GET', '/api/members');
    member = await world.join(owner, 'member@a.test', 'member');
    clientUser = await world.join(owner, 'client@a.test', 'client', client.id);
    ids = {
      '/api/clients': client.id,
      '/api/sites': site.id,
      '/api/removed': gone.id,
      '/api/members': membership.id,
      '/api/invitations': invitation.id,
      originId: origin.id,
      hostId: host.id,
      keyId: key.id,
      deliveryId: 'e1',
      snapshotId: (await data('POST', `/api/clients/${client.id}/snapshots`, {})).id,
    };
  });
  after(() => world.close());

  /** The path with real ids, or with `strange` in place of one of them. */
  function pathOf(path: string, strange: Record<string, string> = {}): string {
    const prefix = /^\/api\/[a-z]+/.exec(path)?.[0] ?? '';
    const real: Record<string, string> = {
      ...ids,
      id: ids[prefix] ?? '',
      module: 'booking',
      name: 'booking',
      token: 'x',
    };
    return path.replace(/:(\w+)/g, (_, name: string) => strange[name] ?? real[name] ?? '');
  }
  const keyOf = ({ method, path }: Route): string => `${method} ${path}`;
  const bodyOf = (route: Route): unknown =>
    /POST|PUT|PATCH/.test(route.method) ? (bodies[keyOf(route)] ?? {}) : undefined;
  const go = (caller: Caller, route: Route, strange?: Record<string, string>) =>
    world.call(caller, route.method, pathOf(route.path, strange), bodyOf(route));

  it('is seen by this suite', () => {
    assert.ok(routes.length >= 40, `only ${routes.length} routes were found`);
    for (const key of [...PUBLIC, ...ADMIN_ONLY, ...STAFF_ONLY]) {
      assert.ok(
        routes.some(route => keyOf(route) === key),
        `${key} is not a route`,
      );
    }
  });

  it('answers 401 without a session and with a made-up one', async () => {
    for (const route of routes.filter(route => !PUBLIC.has(keyOf(route)))) {
      assert.equal((await go({}, route)).status, 401, keyOf(route));
      assert.equal((await go({ cookie: 'A'.repeat(43) }, route)).status, 401, keyOf(route));
    }
  });

  it('answers 403 to a write from another website, from `null` and without an Origin', async () => {
    for (const route of routes.filter(route => route.method !== 'GET')) {
      for (const origin of ['https://evil.test', 'null', `${'https://app.inlay.test'}.evil.test`, null]) {
        assert.equal((await go({ ...owner, origin }, route)).status, 403, `${keyOf(route)} from ${origin}`);
      }
    }
  });

  it('answers 415 to a body that a form could have sent', async () => {
    for (const route of routes.filter(route => /POST|PUT|PATCH/.test(route.method))) {
      for (const contentType of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/jsonx',
      ]) {
        assert.equal((await go({ ...owner, contentType }, route)).status, 415, `${keyOf(route)} ${contentType}`);
      }
    }
  });

  it("answers another agency's id with 404 and the bytes of an unknown id", async () => {
    const withId = routes.filter(({ path }) => /:(id|originId|keyId)\b/.test(path));
    assert.ok(withId.length >= 23, `only ${withId.length} routes with an id`);
    for (const route of withId) {
      const foreign = await go(other, route);
      const unknown = await go(other, route, { id: uuidv7() });
      const malformed = await go(other, route, { id: '%00x' });
      for (const answer of [foreign, unknown, malformed]) {
        assert.equal(answer.status, 404, keyOf(route));
        assert.equal(answer.text, unknown.text, keyOf(route));
      }
      assert.equal(foreign.headers.get('content-type'), 'application/problem+json');
    }
    const audit = { method: 'GET', path: '/api/audit' };
    const ofForeign = await world.call(other, 'GET', `${audit.path}?clientId=${ids['/api/clients']}`);
    const ofUnknown = await world.call(other, 'GET', `${audit.path}?clientId=${uuidv7()}`);
    assert.deepEqual([ofForeign.status, ofForeign.text], [404, ofUnknown.text]);
    const token = await world.call(other, 'POST', '/api/session/token', { clientId: ids['/api/clients'] });
    assert.deepEqual([token.status, token.text], [404, ofUnknown.text]);
  });

  it("answers 404 to another agency's origin or key below one's own site or client", async () => {
    const client = (await world.call(other, 'POST', '/api/clients', { name: 'Own', zone: 'UTC' })).body.data.id;
    const site = (await world.call(other, 'POST', `/api/clients/${client}/sites`, { name: 'Own' })).body.data.id;
    for (const path of [
      `/api/sites/${site}/origins/${ids['originId']}`,
      `/api/clients/${client}/keys/${ids['keyId']}`,
      `/api/clients/${client}/snapshots/${ids['snapshotId']}`,
    ]) {
      assert.equal((await world.call(other, 'DELETE', path)).status, 404);
    }
    assert.equal((await world.call(owner, 'GET', pathOf('/api/sites/:id/origins'))).body.data.length, 1);
    assert.equal((await world.call(owner, 'GET', pathOf('/api/clients/:id/keys'))).body.data.length, 1);
  });

  it("hides another client from a client's own people", async () => {
    const second = (await world.call(owner, 'POST', '/api/clients', { name: 'Second', zone: 'UTC' })).body.data.id;
    const site = (await world.call(owner, 'POST', `/api/clients/${second}/sites`, { name: 'S' })).body.data.id;
    const readable = routes.filter(
      route =>
        route.method === 'GET' && ![...STAFF_ONLY, ...ADMIN_ONLY].includes(keyOf(route)) && /:id/.test(route.path),
    );
    assert.ok(readable.length >= 7);
    for (const route of readable) {
      const id = route.path.startsWith('/api/sites') ? site : second;
      const foreign = await go(clientUser, route, { id });
      assert.deepEqual(
        [foreign.status, foreign.text],
        [404, (await go(clientUser, route, { id: uuidv7() })).text],
        keyOf(route),
      );
      assert.equal((await go(clientUser, route)).status, 200, keyOf(route));
    }
    const listed = await world.call(clientUser, 'GET', '/api/clients');
    assert.deepEqual(
      listed.body.data.map((client: { name: string }) => client.name),
      ['Rosa'],
    );
  });

  it('answers 403 to a role that may not, before looking at the id', async () => {
    for (const key of ADMIN_ONLY) {
      const [method = '', path = ''] = key.split(' ');
      assert.equal((await go(member, { method, path })).status, 403, `member ${key}`);
      assert.equal((await go(clientUser, { method, path })).status, 403, `client ${key}`);
      assert.equal(
        (await go(member, { method, path }, { id: uuidv7() })).status,
        403,
        `member ${key} of an unknown id`,
      );
    }
    for (const key of STAFF_ONLY) {
      const [method = '', path = ''] = key.split(' ');
      assert.equal((await go(clientUser, { method, path })).status, 403, `client ${key}`);
    }
  });

  it('refuses members of a body that it does not know, and applies nothing', async () => {
    const bodied = routes.filter(route => /POST|PUT|PATCH/.test(route.method) && !route.path.includes(':token'));
    for (const route of bodied) {
      const extra = {
        ...(bodyOf(route) as object),
        role: 'owner',
        client_id: uuidv7(),
        agencyId: uuidv7(),
        deletedAt: 1,
      };
      const answer = await world.call(owner, route.method, pathOf(route.path), extra);
      assert.equal(answer.status, 422, `${keyOf(route)}: ${answer.text}`);
      assert.ok(
        answer.body.errors.some(
          (error: { pointer: string; code: string }) =>
            error.pointer === '/agencyId' && error.code === 'unknown_member',
        ),
        answer.text,
      );
    }
    const after = await world.call(owner, 'GET', pathOf('/api/clients/:id'));
    assert.equal(after.body.data.name, 'Rosa');
  });

  it('answers 401 once the session is idle for 14 days', async () => {
    world.time.now += 14 * 86_400_000;
    for (const route of routes.filter(route => !PUBLIC.has(keyOf(route)))) {
      assert.equal((await go(owner, route)).status, 401, keyOf(route));
    }
    assert.equal(world.logs.length, 0, JSON.stringify(world.logs));
  });
});
