import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendedManifests, extensionField } from './extension.ts';
import { defineModule, entity, f, type ManifestJson, toManifest } from './index.ts';

const base = {
  version: '1.0.0',
  type: 'app',
  icon: 'x',
  label: 'X',
  description: '',
  categories: [],
  settings: {},
} as const;
const people = toManifest(
  defineModule({
    ...base,
    id: 'inlay.people',
    entities: { person: entity({ label: 'Person', fields: { name: f.text() }, access: {} }) },
    events: {},
    actions: {},
  }),
);
const extending = (access: Record<string, { read?: boolean; write?: boolean }>): ManifestJson =>
  toManifest(
    defineModule({
      ...base,
      id: 'acme.guest-book',
      requires: { people: { range: '^1.0.0' } },
      entities: { page: entity({ label: 'Page', fields: { n: f.int() }, access: {} }) },
      extends: {
        'people.person': {
          fields: {
            page: f.ref('page', 'setNull').optional(),
            friends: f.list(f.object({ who: f.ref('people.person', 'setNull') })).optional(),
          },
          access,
        },
      },
      events: {},
      actions: {},
    }),
  );

test('a screen sees what its roles may read of the fields that other modules add', () => {
  const fieldsFor = (access: Record<string, { read?: boolean; write?: boolean }>) => {
    const [found] = extendedManifests([people, extending(access)], ['admin', 'staff']);
    return found!.entities['person']!.fields;
  };
  assert.deepEqual(Object.keys(fieldsFor({ public: { read: true } })), ['name']);
  const read = fieldsFor({ staff: { read: true } });
  assert.deepEqual(Object.keys(read), ['name', 'guestBook_page', 'guestBook_friends']);
  assert.equal(read['guestBook_page']!.readOnly, true);
  const written = fieldsFor({ staff: { read: true }, admin: { write: true } });
  assert.equal(written['guestBook_page']!.readOnly, undefined);
  assert.deepEqual(written['guestBook_page'], {
    kind: 'ref',
    to: 'guest-book.page',
    onDelete: 'setNull',
    required: false,
  });
  assert.match(JSON.stringify(written['guestBook_friends']), /"to":"people\.person"/);
  assert.deepEqual(Object.keys(people.entities['person']!.fields), ['name'], 'the manifest itself is as it was');
});

test('an added field is named after its module, in one word', () => {
  assert.deepEqual(
    [extensionField('crm', 'stars'), extensionField('guest-book-2', 'stars')],
    ['crm_stars', 'guestBook2_stars'],
  );
});
