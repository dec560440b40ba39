/** The browser's checks and the server's are written apart, for the bytes; they must judge every value alike. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { fieldProblems } from '../../../schemas/errors/validate.ts';
import type { FieldJson, FieldNode } from '../../../schemas/module/field.ts';
import { faultsOf } from '../../../widgets/kit/controls/faults.ts';
import { inputSchema } from './codec.ts';

const runs = Number(process.env['INLAY_RUNS'] ?? 400);
const meta = (node: FieldNode) =>
  fc
    .record({ required: fc.boolean(), withDefault: fc.constantFrom(false, false, false, true) })
    .map(({ required, withDefault }): FieldJson => {
      const example = examples[node.kind]?.[0];
      return { ...node, required, ...(withDefault && example !== undefined && { default: example }) };
    });

/** Right ones first, then such as are almost right. */
const examples: Readonly<Record<string, readonly unknown[]>> = {
  bool: [true, false, 1, 'true'],
  date: ['2028-02-29', '2027-02-29', '2027-2-1', '0000-01-01', '2027-13-01', '+12027-01-01'],
  instant: [
    '2026-04-10T09:00:00Z',
    '2026-04-10T09:00:00+02:00',
    '2026-04-10T09:00:60Z',
    '2026-04-10',
    '2027-02-29T00:00:00Z',
  ],
  localTime: ['09:30', '24:00', '24:01', '9:30', '23:60', ''],
  zone: ['Europe/Prague', 'UTC', '+02:00', 'Mars', 'europe/prague', 'x'.repeat(65)],
  decimal: ['1.5', '-0', '12', '1.', '.5', '1.23456', '1e3', ' 1', '1234567890123456', 1],
  money: [
    { amount: 1, currency: 'EUR' },
    { amount: 1.5, currency: 'EUR' },
    { amount: 2 ** 53, currency: 'EUR' },
    { amount: 1, currency: 'eur' },
    { amount: 1 },
    { amount: 1, currency: 'EUR', x: 1 },
    '1 EUR',
    [],
  ],
  geo: [
    { lat: 1, lng: 2 },
    { lat: 91, lng: 2 },
    { lat: 1 },
    { lat: 1, lng: 2, x: 3 },
    { lat: Number.NaN, lng: 0 },
    { lat: '1', lng: null },
  ],
  file: ['0190-a_B', '', 'a b', 'ä', 'x'.repeat(61), 3],
  ref: ['0190', '', 'x'.repeat(61), 'a\0'],
  sequence: ['INV-1', 'x'.repeat(81)],
  json: [{ a: [1, null, 'x'] }, null, 1, [undefined], Number.POSITIVE_INFINITY],
  enum: ['a', 'b', 'c', ''],
  address: [
    { line1: 'Main 1', city: 'Brno', country: 'CZ' },
    { line1: ' ', city: 'Brno', country: 'CZ' },
    { line1: 'Main 1', city: 'Brno', country: 'XX', line2: null, region: '', postalCode: 'x'.repeat(21) },
    { line1: 'Main 1', line2: 'b', city: ` ${'x'.repeat(100)} `, country: 'cz', other: 1 },
    { city: 3 },
    'Main 1',
  ],
  text: [
    'rosa@example.com',
    'Rosa.@x.cz',
    '.a@b.cz',
    'a..b@c.de',
    ' A@B.CZ ',
    "o'neil@x.ie",
    '+420 777 123 456',
    '00420777123456',
    '123',
    '(0)12-34/56',
    'https://x.cz',
    'http:x.cz',
    'https:/x',
    'HTTPS://x.cz/ä?b',
    ' https://x.cz\n',
    'https://',
    'ftp://x',
    'javascript:alert(1)',
    'a-b',
    'a--b',
    'A',
    '#1a7F8e',
    '#12345',
    'a\0b',
    '',
    ' ',
    { de: 'a' },
    { de: 'a', 'x y': 'b' },
    {},
    { de: 3 },
  ],
};

const bounds = fc.record({
  min: fc.option(fc.integer({ min: -3, max: 5 }), { nil: undefined }),
  max: fc.option(fc.integer({ min: 3, max: 9 }), { nil: undefined }),
});
const format = fc.constantFrom(undefined, 'email', 'phone', 'url', 'slug', 'colour');
const clean = <T extends object>(node: T) =>
  Object.fromEntries(Object.entries(node).filter(([, v]) => v !== undefined)) as T;

const simple: fc.Arbitrary<FieldNode> = fc.oneof(
  fc
    .record({ min: fc.nat(3), max: fc.option(fc.integer({ min: 3, max: 30 }), { nil: undefined }), format })
    .map(limits => clean({ kind: 'text', ...limits }) as FieldNode),
  bounds.map(limits => clean({ kind: 'int', ...limits }) as FieldNode),
  bounds.map(limits => clean({ kind: 'duration', ...limits }) as FieldNode),
  fc.nat(4).map((scale): FieldNode => ({ kind: 'decimal', scale })),
  fc.option(fc.nat(20), { nil: undefined }).map(max => clean({ kind: 'richText', max }) as FieldNode),
  fc.constantFrom<FieldNode>(
    ...(['money', 'bool', 'date', 'instant', 'localTime', 'zone', 'json', 'geo', 'address', 'file'] as const).map(
      kind => ({ kind }),
    ),
    { kind: 'bool', accepted: true },
    { kind: 'enum', values: ['a', 'b'] },
    { kind: 'ref', to: 'person', onDelete: 'restrict' },
    { kind: 'sequence', pattern: 'INV-{####}' },
  ),
);

const leaf = simple.chain(meta);
const fields: fc.Arbitrary<FieldJson> = fc.oneof(
  { weight: 6, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc
      .record({ of: leaf, max: fc.nat(3) })
      .map(({ of, max }): FieldJson => ({ kind: 'list', of, max, required: true })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ a: leaf, b: leaf })
      .map((inner): FieldJson => ({ kind: 'object', fields: inner, required: false })),
  },
);

const anything = fc.oneof(
  fc.constantFrom(...Object.values(examples).flat()),
  fc.constantFrom(undefined, null, '', 0, -1, 3.5, 7, Number.NaN, true, [], {}),
  fc.string({ maxLength: 32 }),
  fc.integer({ min: -5, max: 12 }),
  fc.emailAddress(),
  fc.webUrl(),
);
const valueFor = (field: FieldJson): fc.Arbitrary<unknown> => {
  if (field.kind === 'list') return fc.oneof(anything, fc.array(valueFor(field.of), { maxLength: 4 }));
  if (field.kind === 'object') {
    const members = Object.fromEntries(Object.entries(field.fields).map(([name, inner]) => [name, valueFor(inner)]));
    return fc.oneof(anything, fc.record(members, { requiredKeys: [] }));
  }
  const own = examples[field.kind];
  return own
    ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...own) }, { weight: 1, arbitrary: anything })
    : anything;
};

const unique = (list: readonly string[]) => [...new Set(list)].sort();

it('the browser refuses what the server refuses, at the same places, and nothing else', () => {
  const seen = { right: 0, wrong: 0 };
  fc.assert(
    fc.property(
      fields.chain(field => fc.tuple(fc.constant(field), valueFor(field))),
      fc.boolean(),
      ([field, value], stranger) => {
        const input = { ...(value !== undefined && { x: value }), ...(stranger && { other: 1 }) };
        const parsed = inputSchema({ x: field }).safeParse(input);
        const server = parsed.success ? [] : fieldProblems(parsed.error).map(({ pointer }) => pointer);
        const browser = faultsOf({ x: field }, input).map(({ pointer }) => pointer);
        seen[parsed.success ? 'right' : 'wrong']++;
        assert.deepEqual(unique(browser), unique(server));
      },
    ),
    { numRuns: runs },
  );
  assert.ok(seen.right > runs / 20 && seen.wrong > runs / 20, JSON.stringify(seen));
});

it('a text in several languages is judged alike as a whole', () => {
  const texts = fc.oneof(
    fc.constantFrom(...examples['text']!),
    fc.dictionary(fc.constantFrom('de', 'pt-BR', 'x y'), fc.string({ maxLength: 5 })),
  );
  fc.assert(
    fc.property(texts, fc.nat(3), (value, min) => {
      const field: FieldJson = { kind: 'text', min, max: 4, translated: true, required: true };
      const server = inputSchema({ x: field }).safeParse({ x: value }).success;
      assert.equal(!faultsOf({ x: field }, { x: value }).length, server, JSON.stringify(value));
    }),
    { numRuns: runs },
  );
});
