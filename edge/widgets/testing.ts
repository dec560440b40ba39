/** A module of a manifest alone, with a widget of each kind that the kit draws. */
import { defineModule, entity, f } from '../../schemas/module/index.ts';

const place = { surfaces: ['site', 'page'], height: 400 } as const;

export const fair = defineModule({
  id: 'test.fair',
  version: '1.0.0',
  type: 'widget',
  label: 'Fair',
  description: 'Stalls, and what people ask about them.',
  icon: 'box',
  categories: [],
  settings: {},
  entities: {
    stall: entity({
      label: 'Stall',
      fields: {
        name: f.text({ max: 80 }).translated(),
        about: f.richText().optional(),
        goods: f.text({ max: 80 }).optional().search(),
        price: f.money().optional(),
        from: f.instant().optional(),
        to: f.instant().optional(),
        state: f.enum(['open', 'shut']).default('open'),
        photo: f.file({ accept: ['image/jpeg'] }).optional(),
        rent: f.money().optional(),
      },
      access: {
        admin: { read: true, create: true, update: true, delete: true },
        public: { read: { fields: ['name', 'about', 'goods', 'price', 'from', 'to', 'photo'] } },
      },
    }),
    question: entity({
      label: 'Question',
      fields: {
        email: f.text({ format: 'email', max: 120 }).pii(),
        text: f.text({ min: 1, max: 500 }),
        topic: f.enum(['stall', 'other']).default('other'),
        people: f.int({ min: 1, max: 9 }).optional(),
        budget: f.money().optional(),
        news: f.bool().optional(),
        answer: f.text().optional(),
      },
      access: {
        admin: { read: true },
        public: { create: { fields: ['email', 'text', 'topic', 'people', 'budget', 'news'] } },
      },
    }),
  },
  events: {},
  actions: {},
  widgets: {
    ask: {
      ...place,
      tag: 'inlay-fair-ask',
      label: 'Ask us',
      kind: 'form',
      entity: 'question',
      fields: ['email', 'text', 'topic', 'people', 'budget', 'news'],
      currency: 'EUR',
      texts: { de: { title: 'Fragen Sie uns', text: 'Ihre Frage', 'topic.stall': 'Ein Stand' } },
    },
    stalls: {
      ...place,
      tag: 'inlay-fair',
      label: 'Stalls',
      kind: 'list',
      entity: 'stall',
      fields: ['name', 'price', 'from'],
      filter: { state: { eq: 'open' } },
      sort: 'from',
      pageSize: 2,
      detail: ['about', 'price'],
    },
    find: {
      ...place,
      tag: 'inlay-fair-find',
      label: 'Find',
      kind: 'search',
      entity: 'stall',
      fields: ['name', 'goods'],
    },
    days: {
      ...place,
      tag: 'inlay-fair-days',
      label: 'Days',
      kind: 'calendar',
      entity: 'stall',
      fields: ['name'],
      start: 'from',
      end: 'to',
    },
    one: {
      ...place,
      tag: 'inlay-fair-one',
      label: 'One stall',
      kind: 'detail',
      entity: 'stall',
      fields: ['name', 'about'],
      image: 'photo',
    },
  },
});
