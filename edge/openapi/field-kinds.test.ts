import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { isObjectType, validateSchema } from 'graphql';
import { entity, f } from '../../schemas/module/index.ts';
import { createTestEngine } from '../engine/testing.ts';
import { testModule } from '../engine/testing-module.ts';
import { schemaOf } from '../graphql/schema.ts';
import { pythonClient } from '../sdk/python.ts';
import { typescriptClient } from '../sdk/typescript.ts';
import { openApiDocument } from './document.ts';
import { exampleObject } from './field-schema.ts';
import { surfaceOf } from './surface.ts';

const zoo = testModule({
  id: 'test.zoo',
  description: 'One field of each kind.',
  entities: {
    animal: entity({
      label: 'Animal',
      labelField: 'name',
      fields: {
        name: f.text({ min: 2, max: 40 }).search(),
        web: f.text({ format: 'url' }).optional(),
        story: f.richText().optional(),
        legs: f.int({ min: 0, max: 1000 }),
        weight: f.decimal({ scale: 2 }),
        price: f.money(),
        tame: f.bool(),
        born: f.date(),
        fed: f.instant(),
        wakes: f.localTime(),
        sleep: f.duration({ min: 5, max: 600 }),
        zone: f.zone(),
        size: f.enum(['very-small', '2 m', 'null']),
        parent: f.ref('animal').optional(),
        friends: f.list(f.ref('animal')).default([]),
        meals: f.list(f.object({ at: f.localTime(), what: f.text().optional() })),
        any: f.json().optional(),
        den: f.geo(),
        home: f.address().optional(),
        photo: f.file().optional(),
        number: f.sequence('Z-{yyyy}-{####}'),
        motto: f.text().translated().optional(),
        chip: f.text().encrypted().optional(),
      },
      access: { admin: { read: true, create: true, update: true, delete: true } },
    }),
  },
});

const engine = createTestEngine({ modules: [{ module: zoo }], now: '2026-01-05T09:00:00Z' });
after(() => engine.close());
const surface = surfaceOf({ actor: engine.actors.admin, tenant: engine.tenant, site: undefined });
const [animal] = surface.modules[0]!.entities;

it('the examples of every kind are accepted by the engine', () => {
  const parsed = animal!.entity.createSchema.safeParse(exampleObject(animal!.creatable!, 'output'));
  assert.equal(parsed.error, undefined);
  assert.ok(!('number' in animal!.creatable!), 'a number is given, never sent');
});

it('every kind is described, and the document stays clean', async () => {
  const document = openApiDocument({ surface, url: 'https://api.inlay.dev', version: '0.1.0' });
  const problems = await lintFromString({
    source: JSON.stringify(document),
    config: await createConfig({ extends: ['recommended'] }),
  });
  assert.deepEqual(
    problems.map(({ message }) => message),
    [],
  );
  const schemas = document.components['schemas'] as Record<string, { properties: Record<string, unknown> }>;
  for (const name of Object.keys(animal!.shown)) assert.ok(name in schemas['ZooAnimal']!.properties, name);
  assert.ok(!('chip' in schemas['ZooAnimalFilter']!.properties), 'what is encrypted cannot be looked for');
});

it('every kind has a type in GraphQL and in both clients', () => {
  const schema = schemaOf(surface);
  assert.deepEqual(validateSchema(schema), []);
  const type = schema.getType('Zoo_Animal');
  assert.ok(isObjectType(type));
  const fields = Object.keys(type.getFields());
  for (const name of Object.keys(animal!.shown)) assert.ok(fields.includes(name), name);
  const clients = [typescriptClient(surface, 'https://api.inlay.dev'), pythonClient(surface, 'https://api.inlay.dev')];
  for (const client of clients) for (const name of Object.keys(animal!.shown)) assert.ok(client.includes(name), name);
});
