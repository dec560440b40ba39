/** A module of people and one of another publisher that adds fields to them, for tests of extensions. */
import { defineModule, entity, f, implement } from '../../schemas/module/index.ts';

const all = { read: true, create: true, update: true, delete: true } as const;
const base = { type: 'app', icon: 'x', description: '', categories: [], settings: {} } as const;

export const folk = defineModule({
  ...base,
  id: 'inlay.folk',
  version: '1.0.0',
  label: 'Folk',
  entities: {
    person: entity({
      label: 'Person',
      fields: { name: f.text(), note: f.text().optional(), motto: f.text().translated().optional() },
      access: {
        admin: all,
        staff: { read: true, create: true, update: { fields: ['name'] } },
        public: { read: { fields: ['name'] } },
      },
    }),
  },
  events: {},
  actions: {
    rename: {
      input: { person: f.ref('person'), name: f.text() },
      output: { members: f.list(f.text()) },
      access: ['staff'],
      effect: 'write',
    },
    found: { input: { name: f.text() }, output: { person: f.ref('person') }, access: ['staff'], effect: 'write' },
  },
});

export const folkCode = implement(folk, {
  actions: {
    async rename({ person, name }, { db }) {
      const row = await db.person.get(person);
      db.person.update(person, { name });
      return { members: Object.keys(row!) };
    },
    found: ({ name }, { db }) => ({ person: db.person.create({ name }).id }),
  },
});

export const loyalty = defineModule({
  ...base,
  id: 'acme.loyalty-card',
  version: '1.0.0',
  label: 'Loyalty',
  requires: { folk: { range: '^1.0.0' } },
  entities: {
    tier: entity({
      label: 'Tier',
      labelField: 'name',
      fields: { name: f.text() },
      access: { admin: all, staff: { read: true } },
    }),
  },
  extends: {
    'folk.person': {
      fields: {
        points: f.int({ min: 0 }).optional().default(0).index(),
        tier: f.ref('tier', 'setNull').optional(),
        code: f.text().optional().unique().search(),
        spent: f.money().optional(),
        since: f.instant().optional().immutable(),
        remark: f.text().optional().pii(),
        pin: f.text().optional().encrypted(),
      },
      access: { admin: { read: true, write: true }, staff: { read: true } },
    },
  },
  events: {},
  actions: {
    award: {
      input: { person: f.ref('folk.person'), points: f.int() },
      output: { points: f.int(), rich: f.int() },
      access: ['staff'],
      effect: 'write',
      system: true,
    },
  },
});

export const loyaltyCode = implement(loyalty, {
  actions: {
    async award({ person, points }, ctx) {
      const people = ctx.asSystem()['folk.person'];
      const [row, rich] = await Promise.all([
        ctx.db['folk.person'].get(person),
        people.list({ where: { points: { gte: 100 } } }),
      ]);
      const total = (row?.points ?? 0) + points;
      people.update(person, { points: total }, { rev: row!.rev, retry: true });
      return { points: total, rich: rich.length };
    },
  },
});
