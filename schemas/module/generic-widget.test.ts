import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, entity, type FieldJson, f, parseManifest, toManifest } from './index.ts';

const base = {
  id: 'test.shop',
  version: '1.0.0',
  type: 'widget',
  label: 'Shop',
  description: 'Things.',
  icon: 'box',
  categories: [],
  settings: {},
  events: {},
} as const;
const thing = entity({
  label: 'Thing',
  fields: {
    name: f.text().search(),
    price: f.money().optional(),
    photo: f.file({ accept: ['image/*'] }).optional(),
    day: f.date().optional(),
    state: f.enum(['shown', 'kept']).default('kept').readOnly(),
    owner: f.ref('thing').optional(),
    cost: f.money().optional(),
    code: f.text().optional().hidden(),
  },
  access: {
    public: { read: { fields: ['name', 'price', 'photo', 'day', 'owner'] }, create: { fields: ['name', 'price'] } },
  },
});
const ask = {
  input: { email: f.text({ format: 'email' }), topic: f.enum(['a', 'b']) },
  access: ['public'],
  effect: 'write',
} as const;
const place = { label: 'W', surfaces: ['site'], height: 300 } as const;

const shop = defineModule({
  ...base,
  entities: { thing },
  actions: { ask },
  widgets: {
    add: {
      ...place,
      tag: 'inlay-shop-add',
      kind: 'form',
      entity: 'thing',
      fields: ['name', 'price'],
      currency: 'EUR',
      texts: { de: { title: 'Neu', name: 'Name' } },
    },
    ask: { ...place, tag: 'inlay-shop-ask', kind: 'form', action: 'ask', fields: ['email', 'topic'] },
    shop: {
      ...place,
      tag: 'inlay-shop',
      kind: 'cards',
      entity: 'thing',
      fields: ['name', 'price', 'createdAt'],
      image: 'photo',
      filter: { state: { eq: 'shown' } },
      sort: '-day',
      detail: ['name', 'day'],
    },
    days: { ...place, tag: 'inlay-shop-days', kind: 'calendar', entity: 'thing', fields: ['name'], start: 'day' },
  },
});

test('widgets of the kit survive JSON', () => {
  const manifest = toManifest(shop);
  assert.deepEqual(parseManifest(JSON.parse(JSON.stringify(manifest))), manifest);
});

test('what an entity or an action does not have is a compile error', () => {
  const wrong = () =>
    defineModule({
      ...base,
      entities: { thing },
      actions: { ask },
      widgets: {
        // @ts-expect-error `nmae` is no field of a thing.
        list: { ...place, tag: 'inlay-shop', kind: 'list', entity: 'thing', fields: ['nmae'] },
        // @ts-expect-error there is no entity `thin`.
        wrong: { ...place, tag: 'inlay-shop', kind: 'list', entity: 'thin', fields: ['name'] },
        state: {
          ...place,
          tag: 'inlay-shop',
          kind: 'list',
          entity: 'thing',
          fields: ['name'],
          // @ts-expect-error a state that is none.
          filter: { state: { eq: 'gone' } },
        },
        // @ts-expect-error the action asks for no name.
        ask: { ...place, tag: 'inlay-shop', kind: 'form', action: 'ask', fields: ['name'] },
        // @ts-expect-error an order by what is not there.
        sort: { ...place, tag: 'inlay-shop', kind: 'list', entity: 'thing', fields: ['name'], sort: '-nmae' },
        // @ts-expect-error a calendar says where a record starts.
        days: { ...place, tag: 'inlay-shop', kind: 'calendar', entity: 'thing', fields: ['name'] },
        // @ts-expect-error a list has no cards' layout.
        look: { ...place, tag: 'inlay-shop', kind: 'list', entity: 'thing', fields: ['name'], layout: 'grid' },
        word: {
          ...place,
          tag: 'inlay-shop',
          kind: 'list',
          entity: 'thing',
          fields: ['name'],
          // @ts-expect-error a text of no field and no place.
          texts: { de: { nmae: 'x' } },
        },
      },
    });
  assert.equal(typeof wrong, 'function');
});

const refused = (widget: object, why: RegExp) =>
  assert.throws(
    () => parseManifest({ ...toManifest(shop), widgets: { w: { ...place, tag: 'inlay-shop', ...widget } } }),
    why,
    JSON.stringify(widget),
  );

test('a widget that visitors could not use is refused when the manifest is read', () => {
  const list = { kind: 'list', entity: 'thing', fields: ['name'] };
  const form = { kind: 'form', entity: 'thing', fields: ['name'] };
  refused({ ...list, tag: 'inlay-other' }, /the tag is inlay-shop or inlay-shop-w/);
  refused({ ...list, entity: 'gone' }, /"gone" is not declared/);
  refused({ ...list, fields: ['cost'] }, /may not read "cost"/);
  refused({ ...list, fields: ['code'] }, /"code" is not declared/);
  refused({ ...list, fields: ['owner'] }, /"owner" has no text to show/);
  refused({ ...list, sort: '-state' }, /may not read "state"/);
  refused({ ...list, filter: { or: [{ nothing: { eq: 1 } }] } }, /filter: "nothing" is not declared/);
  refused({ ...list, action: 'ask' }, /only a form/);
  refused({ ...list, kind: 'cards', image: 'name' }, /"name" is no file/);
  refused({ ...list, kind: 'calendar' }, /when a record starts/);
  refused({ ...list, kind: 'calendar', start: 'name' }, /no date and no instant/);
  refused({ ...list, texts: { de: { nmae: 'x' } } }, /"nmae" is no text/);
  refused({ ...form, entity: undefined }, /an entity or an action/);
  refused({ ...form, fields: ['price'] }, /"name" is needed/);
  refused({ ...form, fields: ['name', 'price'] }, /"price" is an amount/);
  refused({ ...form, fields: ['name', 'photo'] }, /no control for "photo"/);
  refused({ ...form, parts: { name: 'rating' } }, /"name" cannot be a rating/);
  refused({ ...form, parts: { name: 'signature' } }, /"name" cannot be a signature/);
  refused({ ...form, parts: { day: 'rating' } }, /"day" cannot be a rating/);
  refused({ ...form, fields: ['name', 'day'] }, /may not set "day"/);
  refused({ ...form, fields: ['name', 'state'] }, /not for visitors to set/);
  refused({ kind: 'form', action: 'gone', fields: ['name'] }, /"gone" is not declared/);
  refused({ kind: 'form', action: 'ask', fields: ['email'] }, /"topic" is needed/);
});

test('a form of visitors cannot ask for the state of a record, and needs no field for it', () => {
  const manifest = toManifest(shop);
  const states = { field: 'state', initial: 'shown', transitions: {} };
  const { kind, values } = thing.fields.state.json as Extract<FieldJson, { kind: 'enum' }>;
  const stateful = structuredClone(manifest) as any;
  Object.assign(stateful.entities.thing, { states });
  stateful.entities.thing.fields.state = { kind, values, required: true };
  stateful.entities.thing.access.public.create = true;
  assert.doesNotThrow(() => parseManifest(structuredClone(stateful)));
  stateful.widgets.add.fields.push('state');
  assert.throws(() => parseManifest(stateful), /"state" is not for visitors to set/);
});
