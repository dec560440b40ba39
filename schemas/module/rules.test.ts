import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Address,
  type DraftOf,
  defineModule,
  entity,
  f,
  parseManifest,
  type Repositories,
  type RowOf,
  type Translated,
  toManifest,
  type WhereOf,
} from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>() => {};

const fields = {
  number: f.sequence('INV-{yyyy}-{####}', { gapless: true, on: 'finalise' }),
  state: f.enum(['draft', 'final']).default('draft').readOnly(),
  quantity: f.int(),
  total: f.int().computed('record.quantity * 2'),
  iban: f.text().optional().encrypted(),
  title: f.text().translated(),
  to: f.address().optional(),
  at: f.geo().optional(),
  due: f.instant().optional(),
};
const module = defineModule({
  id: 'acme.bills',
  version: '1.0.0',
  type: 'app',
  label: 'Bills',
  description: '',
  icon: 'x',
  categories: [],
  requires: { people: { range: '^1.0.0' } },
  settings: {},
  entities: {
    bill: entity({
      id: 'e_k3f9a2',
      label: 'Bill',
      fields,
      states: {
        field: 'state',
        initial: 'draft',
        transitions: {
          finalise: {
            from: ['draft'],
            to: 'final',
            roles: ['admin'],
            guard: 'record.total > 0',
            after: { field: 'due' },
            effects: [{ emit: 'done', with: { bill: 'id' } }],
          },
        },
      },
      lockWhen: { when: { state: { eq: 'final' } }, except: ['title'] },
      retention: { after: 10, from: 'due', action: 'delete' },
      access: { admin: { read: true, update: { check: { quantity: { gt: 0 } } } } },
    }),
  },
  extends: { 'people.person': { fields: { level: f.int().optional() }, access: { staff: { read: true } } } },
  events: { done: { bill: f.ref('bill') } },
  actions: {},
});

test('types of the further kinds and rules follow from the manifest', () => {
  type Bill = RowOf<typeof module, 'bill'>;
  holds<Equal<Bill['number'], string | null>>();
  holds<Equal<Bill['total'], number>>();
  holds<Equal<Bill['title'], Translated>>();
  holds<Equal<Bill['to'], Address | null>>();
  const draft: DraftOf<typeof module, 'bill'> = { quantity: 1, title: { en: 'x' } };
  // @ts-expect-error a text needs its locale
  const bare: DraftOf<typeof module, 'bill'> = { quantity: 1, title: 'x' };
  const where: WhereOf<typeof module, 'bill'> = { quantity: { gt: 1 } };
  // @ts-expect-error what is encrypted cannot be filtered
  const sealed: WhereOf<typeof module, 'bill'> = { iban: { eq: 'x' } };
  // @ts-expect-error a place cannot be filtered
  const place: WhereOf<typeof module, 'bill'> = { at: { eq: { lat: 1, lng: 1 } } };
  assert.equal([draft, bare, where, sealed, place].length, 5);
  const base = { label: 'B', fields, access: {} } as const;
  // @ts-expect-error no such field to except
  entity({ ...base, lockWhen: { when: 'true', except: ['nope'] } });
  // @ts-expect-error no such field to count from
  entity({ ...base, retention: { after: 1, from: 'nope', action: 'delete' } });
  type Added = Repositories<typeof module>['people.person'];
  holds<Equal<Parameters<Added['update']>[1], { level?: number | null }>>();
  // @ts-expect-error a module has no other fields on another's entity than its own
  holds<Equal<Awaited<ReturnType<Added['get']>>, { name: string } | undefined>>();
  // @ts-expect-error no such reset
  f.sequence('{##}', { reset: 'daily' });
});

test('rules that do not fit together are refused by name', () => {
  const manifest = toManifest(module);
  assert.deepEqual(parseManifest(JSON.parse(JSON.stringify(manifest))), manifest);
  const refused = (edit: (bill: any, whole: any) => void, message: RegExp) => {
    const copy = structuredClone(manifest) as any;
    edit(copy.entities.bill, copy);
    assert.throws(() => parseManifest(copy), message);
  };
  refused(bill => {
    bill.fields.number.on = 'nope';
  }, /fields\.number\.on: "nope"/);
  for (const [where, message] of [
    [{ nope: ['x'] }, /finalise\.where\.nope: "nope" is not declared/],
    [{ total: ['1'] }, /where\.total: a step begins from values of an enum, a text or a bool/],
    [{ state: ['draft'] }, /where\.state: the state is what `from` says/],
    [{ iban: ['x'] }, /where\.iban: what nobody sees/],
  ] as const)
    refused(bill => {
      bill.states.transitions.finalise.where = where;
    }, message);
  refused(bill => {
    delete bill.fields.number.on;
  }, /a gapless sequence names its transition/);
  refused(bill => {
    bill.fields.number.pattern = "INV'{####}";
  }, /pattern/);
  refused(bill => {
    bill.fields.number.scope = 'nope';
  }, /scope: "nope"/);
  refused(bill => {
    bill.fields.number.pattern = '{scope}-{####}';
  }, /number\.pattern: \{scope\} needs a scope/);
  refused(bill => {
    bill.fields.iban.unique = true;
  }, /encrypted cannot be unique/);
  for (const of of [
    { kind: 'geo' },
    { kind: 'address' },
    { kind: 'object', fields: { n: { kind: 'int', required: true } } },
    { kind: 'text', translated: true },
  ])
    for (const node of of.translated ? [of] : [of, { kind: 'list', of: { ...of, required: true } }])
      refused(bill => {
        bill.fields.note = { ...node, required: false, computed: 'record.note', readOnly: true };
      }, /no expression gives/);
  refused(bill => {
    bill.fields.quantity.translated = true;
  }, /only text can be translated/);
  refused(bill => {
    bill.fields.rev = { kind: 'int', required: true };
  }, /the engine has a field of this name/);
  refused(bill => {
    bill.lockWhen.except = ['nope'];
  }, /lockWhen\.except: "nope"/);
  refused(bill => {
    bill.retention.from = 'quantity';
  }, /retention\.from: "quantity"/);
  refused(bill => {
    bill.states.transitions.finalise.effects[0].emit = 'nope';
  }, /effects: "nope"/);
  refused(bill => {
    bill.states.transitions.finalise.after.field = 'quantity';
  }, /after: "quantity"/);
  refused(bill => {
    bill.scope = 'site';
  }, /records belong to the whole client/);
  refused(bill => {
    bill.access.admin.update = { presets: { state: 'final' } };
  }, /access\.admin\.update\.presets: the state moves by transitions alone/);
  const named = { kind: 'text', required: false, readOnly: true, campaign: 'source' };
  for (const role of ['public', 'customer'])
    for (const read of [true, {}, { fields: ['from'] }])
      refused(
        bill => {
          bill.fields.from = named;
          bill.access[role] = { read };
        },
        new RegExp(`access\\.${role}\\.read: which campaign brought somebody is for the business alone`),
      );
  const added = (edit: object) => (_bill: unknown, whole: any) => {
    Object.assign(whole.extends['people.person'].fields.level, edit);
  };
  refused(
    added({ required: true }),
    /extends\.people\.person\.level: a field on the entity of another module is optional/,
  );
  refused(added({ computed: '1' }), /level: not possible on the entity of another module/);
  refused(added({ kind: 'ref', to: 'bill', onDelete: 'cascade' }), /level: a reference .* has onDelete 'setNull'/);
  refused((_bill, whole) => {
    whole.requires = {};
  }, /extends: "people\.person"/);
});
