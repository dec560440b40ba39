import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, entity, f, parseManifest, toManifest } from '../../schemas/module/index.ts';
import { reservedEntities, reservedModules } from '../../schemas/module/reserved-names.ts';
import type { DataDeps } from './open-request.ts';
import { base } from './request.ts';
import { dataRoutes } from './routes.ts';

/** The words that the router has where an entity or the id of a record is expected. */
const routeWords = (): string[] => {
  const paths = dataRoutes({} as DataDeps).routes.map(({ path }) => path);
  const parts = paths.flatMap(path => (path.startsWith(`${base}/`) ? [path.slice(base.length + 1).split('/')] : []));
  const words = parts.flatMap(([first, second]) => (first === ':entity' ? [second] : [first]));
  return [...new Set(words)].filter(word => word !== undefined && !word.startsWith(':')) as string[];
};

const manifestOf = (id: `${string}.${string}`, name: string) =>
  toManifest(
    defineModule({
      id,
      version: '1.0.0',
      type: 'app',
      label: 'X',
      description: '',
      icon: 'x',
      categories: [],
      settings: {},
      entities: { [name]: entity({ label: 'X', fields: { name: f.text() }, access: {} }) },
      events: {},
      actions: {},
    }),
  );

test('no entity has the name of a part of addresses, as the router itself lists them', () => {
  const words = routeWords();
  assert.ok(words.includes('actions') && words.includes('query') && words.includes('export.csv'), words.join());
  for (const word of words) {
    const stem = word.split('.')[0]!;
    assert.ok(reservedEntities.has(stem), `"${stem}" is in an address and not reserved`);
  }
  for (const word of reservedEntities) {
    assert.throws(() => parseManifest(manifestOf('acme.thing', word)), {
      message: new RegExp(`"${word}" is a part of addresses`),
    });
  }
  parseManifest(manifestOf('acme.thing', 'action'));
});

test('no module has a name of the platform', () => {
  for (const name of reservedModules) {
    assert.throws(() => parseManifest(manifestOf(`acme.${name}`, 'thing')), {
      message: new RegExp(`"${name}" is a name of the platform`),
    });
  }
});
