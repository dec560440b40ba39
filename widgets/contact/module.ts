/** Contact: a form on any website, and what was written there at the desk until it is answered. */
import { defineModule, f } from '../../schemas/module/index.ts';
import { enquiry, topics } from './entities/enquiry.ts';
import { ids } from './ids.ts';

export const contact = defineModule({
  id: 'inlay.contact',
  version: '1.1.0',
  ids,
  type: 'widget',
  label: 'Contact',
  description: 'A form for enquiries, and a board to answer them from.',
  icon: 'mail',
  categories: ['customers'],
  roles: { admin: { label: 'Manager' }, staff: { label: 'Staff' } },
  settings: {
    notify: f.text({ max: 254, format: 'email' }).optional().label('Tell this address about new enquiries'),
  },
  entities: { enquiry },
  events: { received: { enquiry: f.ref('enquiry'), locale: f.text({ max: 35 }) } },
  actions: {
    send: {
      description: 'Takes an enquiry from a visitor.',
      input: {
        name: f.text({ min: 1, max: 120 }),
        email: f.text({ max: 254, format: 'email' }),
        phone: f.text({ max: 30, format: 'phone' }).optional(),
        topic: f.enum(topics).default('question'),
        message: f.text({ min: 1, max: 4000 }),
        consent: f.bool({ accepted: true }),
      },
      output: { id: f.ref('enquiry') },
      access: ['admin', 'staff', 'public'],
      effect: 'write',
      system: true,
      limit: { perMinute: 10 },
      captcha: true,
    },
  },
  subscribes: { notify: 'contact.received' },
  widgets: {
    contact: {
      tag: 'inlay-contact',
      label: 'Contact',
      kind: 'form',
      action: 'send',
      fields: ['name', 'email', 'phone', 'topic', 'message', 'consent'],
      surfaces: ['site', 'page'],
      height: 850,
      funnel: { completes: ['inlay:submitted'] },
    },
  },
});
