import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  defineModule,
  entity,
  f,
  implement,
  parseManifest,
  type RowOf,
  type TransitionOf,
  toManifest,
} from './index.ts';

const shelf = defineModule({
  id: 'test.shelf',
  version: '1.0.0',
  type: 'app',
  label: 'Shelf',
  description: 'Books on a shelf.',
  icon: 'book',
  categories: [],
  settings: { limit: f.int().default(10), note: f.text().optional() },
  errors: { SHELF_FULL: { status: 409, title: 'The shelf is full' } },
  entities: {
    book: entity({
      label: 'Book',
      labelField: 'title',
      fields: {
        title: f.text({ max: 80 }),
        state: f.enum(['in', 'out']).default('in').readOnly(),
        price: f.money().optional(),
        due: f.instant().optional(),
        tags: f.list(f.text()).default([]),
      },
      states: { field: 'state', initial: 'in', transitions: { lend: { from: ['in'], to: 'out', roles: ['staff'] } } },
      access: {
        admin: { read: true, create: true },
        public: { read: { where: { state: { eq: 'in' } }, fields: ['title'] } },
      },
    }),
  },
  events: { lent: { book: f.ref('book'), at: f.instant() } },
  actions: {
    lend: {
      input: { book: f.ref('book'), days: f.int().default(14), to: f.text().optional() },
      output: { due: f.instant() },
      access: ['staff'],
      effect: 'write',
      system: true,
    },
  },
});

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>() => {};

test('handler types follow from the manifest', () => {
  type Book = RowOf<typeof shelf, 'book'>;
  holds<Equal<Book['state'], 'in' | 'out'>>();
  holds<Equal<Book['due'], number | null>>();
  holds<Equal<Book['tags'], readonly string[]>>();
  holds<Equal<TransitionOf<typeof shelf, 'book'>, 'lend'>>();

  const code = implement(shelf, {
    actions: {
      lend(input, ctx) {
        holds<Equal<typeof input.days, number>>();
        holds<Equal<typeof input.to, string | null | undefined>>();
        holds<Equal<typeof ctx.settings.limit, number>>();
        const run = false as boolean;
        if (run) {
          ctx.db.book.transition(input.book, 'lend');
          // @ts-expect-error no such transition
          ctx.db.book.transition(input.book, 'burn');
          // @ts-expect-error no such state
          void ctx.db.book.list({ where: { state: { eq: 'lost' } } });
          // @ts-expect-error no such field
          void ctx.db.book.list({ where: { colour: { eq: 'red' } } });
          // @ts-expect-error an instant is a number
          void ctx.db.book.first({ due: { lt: 'tomorrow' } });
          // @ts-expect-error the title is needed
          ctx.db.book.create({ due: 1 });
          // @ts-expect-error no such event
          ctx.emit('burnt', {});
          // @ts-expect-error the payload lacks `at`
          ctx.emit('lent', { book: input.book });
          // @ts-expect-error no such entity
          void ctx.db.shelf;
          // @ts-expect-error no such error
          ctx.fail('SHELF_ON_FIRE');
          ctx.fail('SHELF_FULL');
        }
        return { due: ctx.now };
      },
    },
  });
  assert.equal(typeof code.actions.lend, 'function');
  implement(shelf, {
    actions: {
      // @ts-expect-error the output lacks `due`
      lend: () => ({}),
    },
  });
  // @ts-expect-error an action without its code
  implement(shelf, { actions: {} });
});

test('a manifest survives JSON and keeps nothing but data', () => {
  const manifest = toManifest(shelf);
  assert.deepEqual(parseManifest(JSON.parse(JSON.stringify(manifest))), manifest);
  assert.deepEqual(manifest.entities['book']?.fields['state'], {
    kind: 'enum',
    values: ['in', 'out'],
    required: true,
    default: 'in',
    readOnly: true,
  });
});

test('a manifest that names what it does not declare is refused by name', () => {
  const broken = structuredClone(toManifest(shelf)) as unknown as Record<string, never>;
  const change = (edit: (manifest: any) => void, message: RegExp) => {
    const copy = structuredClone(broken);
    edit(copy);
    assert.throws(() => parseManifest(copy), message);
  };
  change(m => {
    m.entities.book.labelField = 'name';
  }, /entities\.book\.labelField: "name"/);
  change(m => {
    m.entities.book.states.initial = 'lost';
  }, /entities\.book\.states: "lost"/);
  change(m => {
    m.actions.lend.input.book.to = 'calendar.resource';
  }, /actions\.lend\.input\.book: "calendar\.resource"/);
  change(m => {
    m.entities.book.access.public.read.fields = ['colour'];
  }, /access\.public: "colour"/);
  change(m => {
    m.widgets = { w: { tag: 'inlay-w', label: 'W', surfaces: ['site'], actions: ['nope'], height: 1 } };
  }, /widgets\.w\.actions: "nope"/);
  change(m => {
    m.entities.book.fields.title.kind = 'texte';
  }, /entities\.book\.fields\.title/);
  change(m => {
    m.surprise = 1;
  }, /surprise|Unrecognized/);
});
