import fc from 'fast-check';
import { ok, same } from '../../../embed-sdk/testing/assert.ts';
import type { FieldJson, FieldNode } from '../../../schemas/module/field.ts';
import { controlFor, explainIn } from './control-for.ts';
import { faultsOf, filledIn } from './faults.ts';
import type { Control } from './testing/test-control.ts';

const field = (node: FieldNode, more: Partial<FieldJson> = {}) => ({ required: true, ...node, ...more }) as FieldJson;
const made = async (node: FieldJson): Promise<Control> => {
  const { tag, load, properties } = controlFor(node, { name: 'it', currency: 'EUR' })!;
  await load();
  const control = Object.assign(document.createElement(tag), properties) as unknown as Control;
  document.body.append(control);
  return control;
};

describe('the control of a field', () => {
  it('is the one of its kind, with the label and the limits of the field', () => {
    const cases: readonly [FieldJson, string, Record<string, unknown>][] = [
      [field({ kind: 'text', min: 2, max: 80 }), 'text', { type: 'text', minLength: 2, maxLength: 80 }],
      [field({ kind: 'text', max: 2000 }), 'text', { type: 'multiline', counter: true }],
      [field({ kind: 'text', format: 'email' }), 'text', { type: 'email' }],
      [field({ kind: 'text', format: 'phone' }), 'phone', {}],
      [field({ kind: 'int', min: 1, max: 9 }), 'number', { min: 1, max: 9 }],
      [field({ kind: 'decimal', scale: 2 }), 'number', { scale: 2 }],
      [field({ kind: 'money' }), 'money', { currency: 'EUR' }],
      [field({ kind: 'bool' }), 'switch', { required: false }],
      [field({ kind: 'date' }, { label: 'Born' }), 'date', { label: 'Born' }],
      [field({ kind: 'instant' }), 'date-time', {}],
      [field({ kind: 'localTime' }), 'time', {}],
      [field({ kind: 'address' }), 'address', {}],
      [
        field({ kind: 'enum', values: ['a_b', 'c'] }, { required: false }),
        'choice',
        {
          required: false,
          options: [
            { value: 'a_b', label: 'A b' },
            { value: 'c', label: 'C' },
          ],
        },
      ],
      [field({ kind: 'enum', values: [...'abcdef'] }), 'select', {}],
      [
        field({ kind: 'list', of: field({ kind: 'enum', values: ['a'] }), max: 3 }),
        'choice',
        { multiple: true, max: 3 },
      ],
      [
        field({ kind: 'file', visitors: { accept: ['image/*', 'application/pdf'], maxBytes: 9, bytesPerVisit: 20 } }),
        'file',
        { accept: 'image/*,application/pdf', maxBytes: 9 },
      ],
    ];
    for (const [node, kind, properties] of cases) {
      const control = controlFor(node, { name: 'it', currency: 'EUR' })!;
      same(control.tag, `inlaykit-${kind}`);
      for (const [name, value] of Object.entries({ label: 'It', ...properties }))
        same(control.properties[name], value, `${kind} ${name}`);
    }
    for (const node of [
      field({ kind: 'json' }),
      field({ kind: 'ref', to: 'x', onDelete: 'restrict' }),
      field({ kind: 'text' }, { readOnly: true }),
    ])
      same(controlFor(node, { name: 'it' }), undefined);
  });

  it('judges as the server does, whatever is entered', async () => {
    const nodes: readonly FieldJson[] = [
      field({ kind: 'text', min: 2, max: 6 }),
      ...(['email', 'url', 'slug', 'colour'] as const).map(format => field({ kind: 'text', format })),
      field({ kind: 'int', min: -2, max: 12 }),
      field({ kind: 'decimal', scale: 2 }),
      field({ kind: 'date' }),
      field({ kind: 'enum', values: ['a', 'b'] }, { required: false }),
      field({ kind: 'address' }),
    ];
    const controls = await Promise.all(nodes.map(made));
    const texts = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.emailAddress(),
      fc.webUrl(),
      fc.constantFrom('a', 'b', 'a-b', '#1a7f8e', '2026-02-28', '2026-02-30', '1.25', '1.255'),
    );
    const address = fc.record(
      { line1: texts, city: texts, country: fc.constantFrom('CZ', 'XX') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.nat(nodes.length - 1),
        texts,
        fc.integer({ min: -4, max: 14 }),
        address,
        (at, text, number, place) => {
          const [node, control] = [nodes[at]!, controls[at]!];
          control.value = node.kind === 'int' ? number : node.kind === 'address' ? place : text.trim();
          const { it } = filledIn({ it: node }, { it: control.value }) as { it?: unknown };
          const faults = faultsOf({ it: node }, it === undefined ? {} : { it });
          same(control.validity.valid, !faults.length, `${node.kind} of ${JSON.stringify(control.value)}`);
        },
      ),
      { numRuns: 1000 },
    );
    for (const control of controls) control.remove();
  });

  it('says what is wrong in the language of the controls', async () => {
    const german = await new Promise<string>(resolve => {
      const explain: ReturnType<typeof explainIn> = explainIn('de-AT', () =>
        resolve(explain({ pointer: '/a', code: 'required' })),
      );
      const first = explain({ pointer: '/a', code: 'required' });
      if (first !== 'This is needed.') resolve(first);
    });
    same(german, 'Diese Angabe fehlt.');
    const explain = explainIn('en');
    ok(explain({ pointer: '/a', code: 'tooLong', limit: 3 }).includes('3'), 'the limit is said');
    same(explain({ pointer: '/a', code: 'early', limit: '4/5/2026' }), 'Choose 4/5/2026 or later.');
    same(explain({ pointer: '/a', code: 'slug' }), 'Use lower-case letters, digits and single dashes.');
    same(explain({ pointer: '/a', code: 'currency' }), 'Please check this.', 'never a key');
  });
});
