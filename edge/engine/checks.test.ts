import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Constraint } from '../../schemas/module/entity.ts';
import { entity, f, parseManifest, toManifest } from '../../schemas/module/index.ts';
import { createTestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const fields = {
  kind: f.enum(['open', 'closed']).default('open'),
  least: f.int().optional(),
  most: f.int().optional(),
  price: f.money().optional(),
  until: f.instant().optional(),
  tags: f.list(f.text()).default([]),
  pin: f.text().optional().encrypted(),
};
type Fields = typeof fields;

const shelf = (version: `1.${number}.0`, constraints: readonly Constraint<Fields>[]) =>
  testModule({
    id: 'inlay.shelves',
    version,
    errors: { TOO_MUCH: { status: 409, title: 'That is too much' } },
    entities: {
      box: entity({ label: 'Box', fields, constraints, access: { admin: { read: true, create: true, update: true } } }),
    },
  });

const constraints: readonly Constraint<Fields>[] = [
  { name: 'few', check: { most: { between: [1, 10] } }, code: 'TOO_MUCH' },
  { name: 'cheap', check: { 'price.amount': { gte: 0 } } as never },
  { name: 'ahead', check: { until: { gt: { var: 'now' } } } },
  { name: 'in_order', check: { left: 'least', op: 'lte', right: 'most' }, where: { kind: { eq: 'open' } } },
  { name: 'tagged', check: { or: [{ tags: { some: { eq: 'x' } } }, { kind: { eq: 'open' } }] } },
];

async function holdsAll(engine: ReturnType<typeof createTestEngine>): Promise<void> {
  const { admin } = engine.actors;
  const make = (values: object) => engine.create(admin, 'shelves', 'box', values);
  const refusals: readonly [object, string][] = [
    [{ most: 11 }, 'few'],
    [{ most: 0 }, 'few'],
    [{ price: { amount: -1, currency: 'EUR' } }, 'cheap'],
    [{ until: '2026-01-05T08:59:00Z' }, 'ahead'],
    [{ least: 5, most: 4 }, 'in_order'],
    [{ kind: 'closed', tags: ['y'] }, 'tagged'],
  ];
  for (const [values, name] of refusals) {
    await assert.rejects(make(values), (error: { code: string; options: { extensions: object } }) => {
      assert.equal(error.code, name === 'few' ? 'TOO_MUCH' : 'CONFLICT', name);
      assert.deepEqual(error.options.extensions, { constraint: `shelves_box.${name}` });
      return true;
    });
  }
  await make({});
  const kept = await make({ kind: 'closed', tags: ['x'], least: 5, most: 4, until: '2026-01-05T09:01:00Z' });
  await assert.rejects(engine.update(admin, 'shelves', 'box', kept.id, { most: 12 }), { code: 'TOO_MUCH' });
  await assert.rejects(engine.update(admin, 'shelves', 'box', kept.id, { kind: 'open' }), { code: 'CONFLICT' });
  await engine.update(admin, 'shelves', 'box', kept.id, { most: 6, kind: 'open' });
}

test('a check is a filter with literals and the instant of the write, and holds within its where', async t => {
  const engine = createTestEngine({ modules: [{ module: shelf('1.0.0', constraints) }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  await holdsAll(engine);
});

test('a table that exists gets checks of a later version, and loses them with it', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-checks-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const open = (version: `1.${number}.0`, own: readonly Constraint<Fields>[]) =>
    createTestEngine({ modules: [{ module: shelf(version, own) }], now: '2026-01-05T09:00:00Z', folder });
  const before = open('1.0.0', []);
  await before.create(before.actors.admin, 'shelves', 'box', { most: 99 });
  before.close();
  const after = open('1.1.0', constraints);
  await holdsAll(after);
  after.close();
  const back = open('1.0.0', []);
  await back.create(back.actors.admin, 'shelves', 'box', { most: 99 });
  back.close();
});

test('what no row can be held to is refused with the manifest', () => {
  const refused = (constraint: object, why: RegExp) =>
    assert.throws(() => parseManifest(toManifest(shelf('1.0.0', [{ name: 'c', ...constraint } as never]))), why);
  refused({ check: { nope: { eq: 1 } } }, /constraints\.c: "nope" is not declared/);
  refused({ check: { pin: { eq: 'x' } } }, /"pin" cannot be compared/);
  refused({ check: { 'price.vat': { eq: 1 } } }, /"price\.vat" is not declared/);
  refused({ unique: ['most'], where: { nope: { eq: 1 } } }, /"nope" is not declared/);
  refused({ check: { kind: { eq: { var: 'actor.id' } } } }, /compares with no actor/);
  refused({ check: { left: 'least', op: 'eq', right: 'most' } }, /check/);
  refused({}, /constraints: "c" is not declared/);
});
