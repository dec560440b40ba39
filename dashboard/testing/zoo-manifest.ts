/** A made-up module with every kind of field. */
import type { FieldJson, ManifestJson } from '../api/manifest-reader.ts';

const optional = <T extends object>(node: T) => ({ ...node, required: false });
const needed = <T extends object>(node: T) => ({ ...node, required: true });

const fields = {
  name: needed({ kind: 'text', min: 2, max: 80, search: true }),
  email: optional({ kind: 'text', format: 'email' }),
  story: optional({ kind: 'richText' }),
  legs: needed({ kind: 'int', min: 0, max: 8 }),
  weight: optional({ kind: 'decimal', scale: 2 }),
  price: optional({ kind: 'money' }),
  tame: { ...needed({ kind: 'bool' }), default: false },
  born: optional({ kind: 'date' }),
  seen: optional({ kind: 'instant' }),
  feeding: optional({ kind: 'localTime' }),
  nap: optional({ kind: 'duration' }),
  zone: optional({ kind: 'zone' }),
  sort: { ...needed({ kind: 'enum', values: ['mammal', 'bird'] }), default: 'mammal' },
  keeper: optional({ kind: 'ref', to: 'keeper', onDelete: 'setNull' }),
  days: { ...needed({ kind: 'list', of: needed({ kind: 'int', min: 1, max: 7 }) }), default: [] },
  meals: {
    ...needed({ kind: 'list', of: needed({ kind: 'object', fields: { what: needed({ kind: 'text' }) } }) }),
    default: [],
  },
  home: optional({ kind: 'object', fields: { house: needed({ kind: 'text' }) } }),
  extra: optional({ kind: 'json' }),
  photo: optional({ kind: 'file', accept: ['image/png'] }),
  cage: optional({ kind: 'geo' }),
  origin: optional({ kind: 'address' }),
  title: { ...optional({ kind: 'text', max: 80 }), translated: true },
  state: { ...needed({ kind: 'enum', values: ['new', 'active', 'lost'] }), default: 'new', readOnly: true },
  chip: { ...optional({ kind: 'text' }), readOnly: true, label: 'Chip number' },
  secret: { ...optional({ kind: 'text' }), hidden: true },
} as unknown as Readonly<Record<string, FieldJson>>;

const all = { read: true, create: true, update: true, delete: true } as const;

export const zoo: ManifestJson = {
  id: 'inlay.zoo',
  version: '2.0.0',
  type: 'app',
  label: 'Zoo',
  description: 'Animals',
  icon: 'module',
  categories: [],
  settings: {},
  entities: {
    animal: {
      label: 'Animal',
      softDelete: true,
      labelField: 'name',
      fields,
      states: {
        field: 'state',
        initial: 'new',
        transitions: {
          admit: { label: 'Admit', from: ['new'], to: 'active', roles: ['admin'] },
          release: { label: 'Release', from: ['active'], to: 'new', roles: ['admin'], askReason: 'required' },
          rest: { label: 'Rest', from: ['active'], to: 'new', roles: ['admin'] },
          walk: { label: 'Take for a walk', from: ['active'], to: 'active', where: { tame: [true] }, roles: ['admin'] },
          lose: { label: 'Mark as lost', from: ['new', 'active'], to: 'lost', roles: ['admin'], danger: true },
        },
      },
      access: { admin: all },
      display: { columns: ['name', 'keeper', 'legs', 'state'], sort: 'name' },
    },
    keeper: {
      label: 'Keeper',
      labelField: 'name',
      fields: { name: needed({ kind: 'text' }) as FieldJson },
      access: { admin: all },
    },
  },
  events: {},
  actions: {},
};
