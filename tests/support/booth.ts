/** A module of a manifest alone beside the fair: a form with every control of the kit, one that machines must not send, and records with every kind of part. */
import { testModule } from '../../edge/engine/testing-module.ts';
import { entity, f, implement } from '../../schemas/module/index.ts';

const place = { surfaces: ['site', 'page'], height: 400 } as const;

/** More than a native list is good for. */
const trades = [
  ...['baker', 'brewer', 'butcher', 'carpenter', 'cheesemaker', 'cobbler', 'florist', 'gardener'],
  ...['joiner', 'potter', 'saddler', 'smith', 'tailor', 'weaver'],
] as [string, ...string[]];

const pictures = ['image/png', 'image/jpeg'];

export const booth = testModule({
  id: 'test.booth',
  entities: {
    voice: entity({
      label: 'Voice',
      fields: {
        who: f.text({ max: 80 }),
        said: f.richText(),
        town: f.text({ max: 80 }).optional(),
        mail: f.text({ format: 'email' }).optional(),
        phone: f.text({ format: 'phone' }).optional(),
        page: f.text({ format: 'url' }).optional(),
        stars: f.int().optional(),
        weight: f.decimal({ scale: 2 }).optional(),
        price: f.money().optional(),
        open: f.bool().optional(),
        trade: f.enum(trades).optional(),
        since: f.date().optional(),
        seen: f.instant().optional(),
        lasts: f.duration().optional(),
        home: f.address().optional(),
        photo: f.file({ accept: ['image/*'] }).optional(),
      },
      access: { admin: { read: true, create: true }, public: { read: true } },
    }),
  },
  actions: {
    apply: {
      input: {
        name: f.text({ min: 1, max: 80 }).help('As it shall stand over the booth.'),
        trade: f.enum(trades).help('Type a few letters of it.'),
        days: f.list(f.enum(['sat', 'sun', 'mon']), { max: 2 }),
        begins: f.date(),
        call: f.instant().optional(),
        opens: f.localTime().optional(),
        width: f.decimal({ scale: 2 }).optional(),
        rent: f.money().optional(),
        phone: f.text({ format: 'phone' }).help('For the day itself.'),
        zone: f.zone().optional(),
        home: f.address().optional(),
        photo: f
          .file({ visitors: { accept: pictures, maxBytes: 400_000, bytesPerVisit: 4_000_000 } })
          .help('A picture of what you sell.'),
        plans: f.list(f.file({ visitors: { accept: ['text/plain'], maxBytes: 1_000, bytesPerVisit: 20_000 } }), {
          max: 2,
        }),
        stars: f.int({ min: 1, max: 5 }).optional(),
        sign: f.text({ max: 50_000 }).optional(),
        rules: f.bool({ accepted: true }),
      },
      access: ['admin', 'public'],
      effect: 'write',
    },
    ask: {
      input: { text: f.text({ min: 1, max: 80 }) },
      access: ['admin', 'public'],
      effect: 'write',
      captcha: true,
    },
  },
  widgets: {
    apply: {
      ...place,
      tag: 'inlay-booth-apply',
      label: 'Apply',
      kind: 'form',
      action: 'apply',
      fields: [
        ...(['name', 'trade', 'days', 'begins', 'call', 'opens', 'width', 'rent', 'phone'] as const),
        ...(['zone', 'home', 'photo', 'plans', 'stars', 'sign', 'rules'] as const),
      ],
      parts: { stars: 'rating', sign: 'signature' },
      currency: 'JPY',
      layout: 'columns',
      texts: { en: { intro: 'Booths are given away in May.', rules: 'I have read the rules' } },
    },
    word: {
      ...place,
      tag: 'inlay-booth-word',
      label: 'A word',
      kind: 'form',
      action: 'ask',
      fields: ['text'],
    },
    voices: {
      ...place,
      tag: 'inlay-booth-voices',
      label: 'Voices',
      kind: 'list',
      layout: 'quotes',
      entity: 'voice',
      fields: ['who', 'said', 'town', 'since'],
      texts: { en: { intro: 'What people say who were here.' } },
    },
    wall: {
      ...place,
      tag: 'inlay-booth-wall',
      label: 'Wall',
      kind: 'cards',
      layout: 'wide',
      entity: 'voice',
      fields: ['who', 'page', 'since'],
      image: 'photo',
      pageSize: 2,
      detail: [
        ...(['said', 'mail', 'phone', 'page', 'stars', 'weight', 'price', 'open'] as const),
        ...(['trade', 'since', 'seen', 'lasts', 'home', 'createdAt'] as const),
      ],
    },
  },
});

export const boothCode = implement(booth, { actions: { apply: () => undefined, ask: () => undefined } });
