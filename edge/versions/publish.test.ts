import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import { type ManifestJson, moduleName } from '../../schemas/module/index.ts';
import { createWorld, type World } from '../../tests/support/control-world.ts';
import { moduleVersion } from '../control/schema.ts';
import { canonicalJson, manifestHash } from './canonical.ts';
import { loadCatalogue } from './catalogue.ts';
import { planChange } from './plan.ts';
import { publishVersion } from './publish.ts';

let world: World;
before(() => {
  world = createWorld();
});
after(() => world.close());

const manifest = (
  id: string,
  version: string,
  requires: Record<string, string> = {},
  more: object = {},
): ManifestJson => ({
  id,
  version,
  type: 'app',
  label: 'M',
  description: '',
  icon: 'x',
  categories: [],
  requires: Object.fromEntries(Object.entries(requires).map(([name, range]) => [name, { range }])),
  settings: {},
  entities: {},
  events: {},
  actions: {},
  ...more,
});
const publish = (json: ManifestJson) => publishVersion({ db: world.db, clock: world.deps.ports.clock }, json, null);
const refused = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof Problem && error.code === code && text.test(`${error.message} ${JSON.stringify(error)}`);
const entity = (field: object) => ({ entities: { book: { label: 'B', fields: { price: field }, access: {} } } });

test('a version is published once and never changes', async () => {
  const json = manifest('test.fixed', '1.0.0', {}, entity({ kind: 'int', required: true }));
  const first = await publish(json);
  const shuffled = Object.fromEntries(Object.entries(json).reverse()) as unknown as ManifestJson;
  assert.deepEqual([first.isNew, await publish(shuffled)], [true, { hash: first.hash, isNew: false, warnings: [] }]);
  await assert.rejects(publish({ ...json, label: 'Other' }), refused('CONFLICT', /other content/));
  const change = world.db.update(moduleVersion).set({ hash: 'x' }).where(eq(moduleVersion.module, 'fixed'));
  await assert.rejects(
    async () => change,
    (error: Error) => /immutable/.test(String(error.cause)),
  );
  assert.equal(manifestHash({ b: 1, a: [{ d: 1, c: undefined }] }), manifestHash({ a: [{ d: 1 }], b: 1 }));
  assert.equal(canonicalJson({ b: 'é', a: null }), '{"a":null,"b":"é"}');
});

test('its steps are made as it is published, from the version before', async () => {
  const text = { kind: 'text', required: false };
  const later = manifest(
    'test.fixed',
    '1.1.0',
    {},
    {
      entities: { book: { label: 'B', fields: { price: { kind: 'int', required: true }, note: text }, access: {} } },
      migrations: [{ to: '1.1.0', backfill: [{ entity: 'book', set: { note: { value: '-' } } }] }],
    },
  );
  await publish(later);
  const rows = await world.db.select().from(moduleVersion).where(eq(moduleVersion.module, 'fixed'));
  const steps = rows.find(row => row.version === '1.1.0')!.steps as {
    from: string;
    expand: string[];
    backfill: string[];
  };
  assert.equal(steps.from, '1.0.0');
  assert.ok(
    steps.expand.length > 0 && steps.expand.every(sql => sql.startsWith('ALTER TABLE') && sql.includes('note')),
  );
  assert.deepEqual(steps.backfill, ['1.1.0#0']);
});

test('what would break the tables, the ranges, the names or the graph is refused', async () => {
  const wrong = manifest('test.fixed', '2.0.0', {}, entity({ kind: 'text', required: true }));
  await assert.rejects(publish(wrong), refused('VALIDATION_FAILED', /book\.price is stored as TEXT/));
  await assert.rejects(publish(manifest('other.fixed', '3.0.0')), refused('CONFLICT', /belongs to test\.fixed/));
  await assert.rejects(
    publish(manifest('test.loose', '1.0.0', { fixed: 'latest' })),
    refused('VALIDATION_FAILED', /latest/),
  );
  await publish(manifest('test.a', '1.0.0', { b: '^1.0.0' }));
  await publish(manifest('test.b', '1.0.0', { c: '*' }));
  await assert.rejects(publish(manifest('test.c', '1.0.0', { a: '^1.0.0' })), refused('CONFLICT', /c > a > b > c/));
});

test('a plan takes the newest that fits, goes back where that leads nowhere, and names every conflict', async () => {
  for (const json of [
    manifest('test.base', '1.0.0'),
    manifest('test.base', '1.2.0'),
    manifest('test.base', '2.0.0'),
    manifest('test.app', '1.0.0', { base: '^1.0.0' }),
    manifest('test.app', '1.1.0', { base: '^2.0.0' }),
    manifest('test.user', '1.0.0', { base: '~1.2.0' }),
  ]) {
    await publish(json);
    assert.ok(moduleName(json));
  }
  const catalogue = await loadCatalogue(world.db, ['app', 'user']);
  const plan = (installed: Record<string, string>, module: string, version?: string) =>
    planChange(
      catalogue,
      Object.entries(installed).map(([name, at]) => ({ module: name, version: at })),
      { module, version },
    );
  const step = (module: string, to: string, from: string | null = null) => ({ module, from, to });
  assert.deepEqual(plan({}, 'app'), { steps: [step('base', '2.0.0'), step('app', '1.1.0')], conflicts: [] });
  assert.deepEqual(plan({ base: '1.2.0' }, 'app').steps, [step('app', '1.0.0')]);
  assert.deepEqual(plan({ base: '1.2.0', user: '1.0.0' }, 'app').steps, [step('app', '1.0.0')]);
  assert.deepEqual(plan({ base: '1.0.0' }, 'user').conflicts, [
    'user 1.0.0 requires base ~1.2.0, but 1.0.0 would be in use.',
  ]);
  const both = plan({ base: '1.2.0', user: '1.0.0', app: '1.0.0' }, 'base', '2.0.0').conflicts;
  assert.equal(both.length, 2, both.join());
  assert.deepEqual(plan({ base: '1.0.0', app: '1.0.0' }, 'base').steps, [step('base', '1.2.0', '1.0.0')]);
  assert.deepEqual(plan({}, 'app', '9.0.0').conflicts, ['app 9.0.0 is not available here.']);
});

test('a removed module comes back with its version, settings and what its sites had set up', async () => {
  const owner = await world.signUp('owner@versions.test', 'V');
  const data = async (method: string, path: string, body?: unknown) => {
    const answer = await world.call(owner, method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.body?.data;
  };
  const client = await data('POST', '/api/clients', { name: 'R', zone: 'UTC' });
  const site = await data('POST', `/api/clients/${client.id}/sites`, { name: 'S' });
  const at = `/api/clients/${client.id}/installations`;
  await data('POST', at, { module: 'booking' });
  await data('PATCH', `${at}/booking`, { settings: { leadTime: 5 }, pinned: true });
  await data('PUT', `/api/sites/${site.id}/modules/booking`, { enabled: false, settings: { leadTime: 7 } });
  await data('DELETE', `${at}/booking`);
  const back = await data('POST', at, { module: 'booking' });
  assert.deepEqual([back.settings, back.pinned, back.version], [{ leadTime: 5 }, true, '1.0.0']);
  const [shown] = await data('GET', `/api/sites/${site.id}/modules`);
  assert.deepEqual([shown.module, shown.enabled, shown.settings], ['booking', false, { leadTime: 7 }]);
  assert.equal((await world.call(owner, 'POST', `${at}/booking/rollback`, {})).status, 409);
});
