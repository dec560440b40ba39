/** Two modules that refer to each other's records, for tests of queries, search, bulk and import. */
import { defineModule, entity, f } from '../../schemas/module/index.ts';
import type { Call } from './call.ts';
import { createTestEngine, type TestEngine } from './testing.ts';

const all = { read: true, create: true, update: true, delete: true } as const;
const base = { version: '1.0.0', type: 'app', icon: 'x', description: '', categories: [], settings: {} } as const;

const people = defineModule({
  ...base,
  id: 'inlay.people',
  label: 'People',
  entities: {
    town: entity({ label: 'Town', fields: { name: f.text() }, access: { admin: all, staff: { read: true } } }),
    author: entity({
      label: 'Author',
      labelField: 'name',
      softDelete: true,
      fields: {
        name: f.text().search(),
        email: f.text({ format: 'email' }).optional(),
        active: f.bool().default(true),
        town: f.ref('town').optional(),
        diary: f.text().optional().search(),
        secret: f.text().optional().hidden(),
      },
      constraints: [{ name: 'one_per_email', unique: ['email'], where: { deletedAt: { null: true } } }],
      access: {
        admin: all,
        staff: { read: true, create: true },
        public: { read: { where: { active: { eq: true } }, fields: ['name', 'active'] } },
      },
    }),
  },
  events: {},
  actions: {},
});

const library = defineModule({
  ...base,
  id: 'inlay.library',
  label: 'Library',
  requires: { people: { range: '^1.0.0' } },
  entities: {
    book: entity({
      label: 'Book',
      labelField: 'title',
      fields: {
        title: f.text().search(),
        code: f.text().optional().unique().search(),
        author: f.ref('people.author').optional(),
        helpers: f.list(f.ref('people.author')).default([]),
        tags: f.list(f.text()).default([]),
        chapters: f.list(f.object({ name: f.text(), pages: f.int() })).default([]),
        price: f.money().optional(),
        rate: f.decimal({ scale: 2 }).optional(),
        pages: f.int().optional(),
        out: f.instant().optional(),
        day: f.date().optional(),
        state: f.enum(['draft', 'sold']).default('draft'),
        notes: f.text().optional(),
      },
      states: {
        field: 'state',
        initial: 'draft',
        transitions: { sell: { from: ['draft'], to: 'sold', roles: ['staff'] } },
      },
      access: {
        admin: all,
        staff: { read: true, create: true, update: { fields: ['title'] } },
        public: { read: { fields: ['title', 'author', 'tags'] } },
      },
    }),
    loan: entity({
      label: 'Loan',
      fields: { book: f.ref('book', 'cascade'), days: f.int() },
      access: { admin: all },
    }),
  },
  events: {},
  actions: {},
});

export const startLibrary = (): TestEngine =>
  createTestEngine({ modules: [{ module: library }, { module: people }], now: '2026-01-05T09:00:00Z' });

/** A call as the HTTP layer makes it, of one actor. */
export function callBy(engine: TestEngine, actor: Call['actor'], options: Partial<Call> = {}): Call {
  return {
    actor,
    tenant: engine.tenant,
    site: actor.kind === 'visitor' ? engine.tenant.sites[0] : undefined,
    requestId: 'test',
    callerHash: '',
    idempotencyKey: undefined,
    fingerprint: '',
    ...options,
  };
}

export function targetOf(engine: TestEngine, module: string, entityName: string) {
  const found = engine.tenant.byName.get(module)!;
  return { module: found, entity: found.entities.get(entityName)! };
}
