import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AnyField, entity, f, parseManifest, toManifest } from '../../../schemas/module/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import { testModule } from '../testing-module.ts';
import { type CompiledEntity, decodeRow, recordJson } from './entity.ts';
import { compileModule } from './module.ts';
import { rowJson } from './row-json.ts';

const day = '2026-04-10';
const at = Date.parse('2026-04-10T09:00:00.250Z');
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('"\\\n\t\u0001', 'ž😀\u2028', ''));
const whole = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 });

/** Each kind: a field, and what a handler may have in it. */
const kinds: Readonly<Record<string, readonly [() => AnyField, fc.Arbitrary<unknown>]>> = {
  text: [() => f.text(), text],
  said: [() => f.text().translated(), fc.record({ en: text, de: text })],
  rich: [() => f.richText(), text],
  int: [() => f.int(), whole],
  decimal: [() => f.decimal({ scale: 2 }), fc.constantFrom('-1.50', '10.05', '0.00')],
  money: [() => f.money(), fc.record({ amount: whole, currency: fc.constant('CZK') })],
  bool: [() => f.bool(), fc.boolean()],
  date: [() => f.date(), fc.constant(day)],
  instant: [() => f.instant(), fc.constantFrom(at, at - 250, 0)],
  time: [() => f.localTime(), fc.constant('24:00')],
  duration: [() => f.duration(), fc.nat()],
  zone: [() => f.zone(), fc.constant('Europe/Prague')],
  enum: [() => f.enum(['a', 'b"c']), fc.constantFrom('a', 'b"c')],
  ref: [() => f.ref('thing'), text],
  file: [() => f.file(), fc.constant('a-1')],
  geo: [() => f.geo(), fc.record({ lat: fc.constant(50.0755), lng: fc.constant(-0.1) })],
  address: [() => f.address(), fc.record({ line1: text, city: text, postalCode: text, country: fc.constant('CZ') })],
  json: [() => f.json(), fc.jsonValue()],
  texts: [() => f.list(f.text()), fc.array(text)],
  instants: [() => f.list(f.instant()), fc.array(fc.constantFrom(at, 0))],
  lists: [() => f.list(f.list(f.instant())), fc.array(fc.array(fc.constant(at)))],
  monies: [() => f.list(f.money()), fc.array(fc.record({ amount: whole, currency: fc.constant('EUR') }))],
  object: [
    () => f.object({ name: f.text(), when: f.instant().optional() }),
    fc.record({ name: text, when: fc.constantFrom(at, null) }),
  ],
};

function thing(extra: Readonly<Record<string, AnyField>> = {}): CompiledEntity {
  const fields = Object.fromEntries(Object.entries(kinds).map(([name, [field]]) => [name, field().optional()]));
  const module = testModule({
    id: 'inlay.things',
    entities: {
      thing: entity({
        label: 'Thing',
        fields: { ...fields, secret: f.text().optional().hidden(), ...extra },
        access: { admin: { read: true } },
      }),
    },
  });
  return compileModule(parseManifest(toManifest(module)), undefined).entities.get('thing')!;
}

const rowOf = (found: CompiledEntity, record: Readonly<Record<string, unknown>>): SqlValue[] =>
  found.fields.flatMap(field => {
    if (field.name === 'rev') return [3];
    const value = field.builtIn && field.name !== 'id' ? at : record[field.name];
    return field.codec.toSql(value).map(sql => (typeof sql === 'bigint' ? Number(sql) : sql));
  });

test('a row is the JSON of its record, whatever it holds', () => {
  const found = thing();
  const records = fc.record(
    Object.fromEntries(Object.entries(kinds).map(([name, [, value]]) => [name, fc.option(value)])),
  );
  const onlys = fc.option(fc.uniqueArray(fc.constantFrom(...Object.keys(kinds))), { nil: undefined });
  const locales = fc.constantFrom(undefined, { read: ['de', 'en'] }, { read: ['fr'] });
  fc.assert(
    fc.property(records, onlys, locales, (record, names, locale) => {
      const row = rowOf(found, { id: 'a', secret: 'hidden', ...record });
      const only = names && new Set(names);
      const expected = JSON.stringify(recordJson(found, decodeRow(found, row), only, locale));
      assert.equal(
        rowJson(found, row, () => {}, only, locale),
        expected,
      );
      assert.ok(!expected.includes('"secret"'));
    }),
  );
});

test('what is encrypted is opened first', () => {
  const found = thing({ sealed: f.text().optional().encrypted() });
  const row = rowOf(found, { id: 'a', sealed: 'sealed.x' });
  const shown = JSON.parse(
    rowJson(found, row, (_, record) => {
      record['sealed'] = 'open';
    }),
  ) as Record<string, unknown>;
  assert.equal(shown['sealed'], 'open');
});
