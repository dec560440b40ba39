/** Party: one person record for every module of a client. */
import { defineModule, entity, f } from '../../schemas/module/index.ts';
import { ids } from './ids.ts';

export const party = defineModule({
  id: 'inlay.party',
  version: '1.0.1',
  ids,
  type: 'system',
  label: 'People',
  description: 'The people a business knows, shared by every module.',
  icon: 'person',
  categories: ['system'],
  settings: {},
  entities: {
    person: entity({
      label: 'Person',
      plural: 'People',
      labelField: 'name',
      fields: {
        name: f.text({ max: 120 }).search().pii(),
        email: f.text({ max: 254, format: 'email' }).optional().pii(),
        phone: f
          .text({ max: 20, format: 'phone' })
          .optional()
          .index()
          .pii()
          .help('International form, such as +420 601 123 456'),
        zone: f.zone().optional(),
        locale: f.text({ max: 35 }).optional(),
        note: f.text({ max: 2000 }).optional().pii(),
      },
      constraints: [{ name: 'one_person_per_email', unique: ['email'], retry: true }],
      access: {
        admin: { read: true, create: true, update: true, delete: true },
        staff: { read: true, create: true, update: true },
      },
      display: { columns: ['name', 'email', 'phone'], sort: 'name' },
    }),
  },
  events: {},
  actions: {
    identify: {
      description:
        'Finds the person with this e-mail or phone, or creates one. Fills in what was unknown, changes nothing known.',
      input: {
        name: f.text({ max: 120 }),
        email: f.text({ max: 254, format: 'email' }).optional(),
        phone: f.text({ max: 20, format: 'phone' }).optional(),
        zone: f.zone().optional(),
        locale: f.text({ max: 35 }).optional(),
      },
      output: { person: f.ref('person'), created: f.bool() },
      access: ['module', 'admin', 'staff'],
      effect: 'write',
      system: true,
    },
  },
});
