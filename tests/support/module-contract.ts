/** The contract that every module keeps; a module's own test calls it with the module and those it requires. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTestEngine, type TestModule } from '../../edge/engine/testing.ts';
import { type ManifestJson, moduleName, parseManifest, toManifest } from '../../schemas/module/index.ts';

/** Languages have different plural forms (Unicode CLDR). */
const pluralForm = /\.(?:zero|one|two|few|many|other)$/;
const builtInRoles = ['admin', 'staff', 'public', 'customer', 'module', 'system'];

/** The first is the module under test. */
export function testModule(modules: readonly TestModule[]): void {
  const { module, code } = modules[0]!;
  const manifest: ManifestJson = toManifest(module);
  const name = moduleName(manifest);

  describe(`module ${name}`, () => {
    test('its manifest survives JSON', () => {
      assert.deepEqual(parseManifest(JSON.parse(JSON.stringify(manifest))), manifest);
    });

    test('every action, subscription and job has its code, and no more', () => {
      const declared = (part: object | undefined) => Object.keys(part ?? {}).sort();
      assert.deepEqual(declared(code?.actions), declared(manifest.actions));
      assert.deepEqual(declared(code?.subscribers), declared(manifest.subscribes));
      assert.deepEqual(declared(code?.jobs), declared(manifest.jobs));
    });

    test('every role it names is one', () => {
      const roles = new Set([...builtInRoles, ...Object.keys(manifest.roles ?? {})]);
      const named = [
        ...Object.values(manifest.entities).flatMap(entity => [
          ...Object.keys(entity.access),
          ...Object.values(entity.states?.transitions ?? {}).flatMap(transition => transition.roles),
        ]),
        ...Object.values(manifest.actions).flatMap(action => action.access),
      ];
      assert.deepEqual(
        named.filter(role => !roles.has(role)),
        [],
      );
    });

    test('what visitors reach shows no personal and no hidden field', () => {
      for (const [entity, { access, fields }] of Object.entries(manifest.entities)) {
        const grant = access['public']?.read;
        if (!grant) continue;
        const shown = grant === true || !grant.fields ? Object.keys(fields) : grant.fields;
        const leaks = shown.filter(field => fields[field]?.pii || fields[field]?.hidden);
        assert.deepEqual(leaks, [], `public read of ${entity}`);
      }
    });

    test('its tables are made, and opening the store again changes nothing', async t => {
      const engine = createTestEngine({ modules, now: '2026-01-05T09:00:00Z' });
      t.after(() => engine.close());
      const { stores } = engine.runtime;
      const schema = async () => {
        const db = await stores.open(engine.tenant.store, engine.tenant.modules);
        const [found] = await db.read([{ sql: 'SELECT type, name, sql FROM sqlite_schema ORDER BY name' }]);
        return found!.rows;
      };
      const first = await schema();
      for (const entity of engine.tenant.byName.get(name)!.entities.values()) {
        assert.ok(
          first.some(row => row[0] === 'table' && row[1] === entity.table && String(row[2]).endsWith('STRICT')),
        );
      }
      stores.forget(engine.tenant.store);
      assert.deepEqual(await schema(), first);
    });

    test('every error that a visitor can meet has words in every language', () => {
      const visits = Object.values(manifest.actions).some(action => action.access.includes('public'));
      for (const [language, strings] of Object.entries(visits ? (code?.strings ?? {}) : {})) {
        const missing = Object.keys(manifest.errors ?? {}).filter(error => !(`problem.${error}` in strings));
        assert.deepEqual(missing, [], language);
      }
    });

    test('strings in every language have the same keys, plural forms aside', () => {
      const keys = Object.values(code?.strings ?? {}).map(strings => [
        ...new Set(Object.keys(strings).map(key => key.replace(pluralForm, ''))),
      ]);
      for (const other of keys) assert.deepEqual(other.sort(), keys[0]!.sort());
    });
  });
}
