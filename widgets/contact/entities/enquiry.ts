/** What somebody wrote to the business, and how far it is with an answer. */
import { campaignFields, entity, f } from '../../../schemas/module/index.ts';

const desk = ['admin', 'staff'] as const;
const kept = { read: true, update: { fields: ['topic', 'note'] } } as const;

export const topics = ['question', 'quote', 'feedback', 'other'] as const;

export const enquiry = entity({
  label: 'Enquiry',
  plural: 'Enquiries',
  labelField: 'name',
  softDelete: true,
  fields: {
    status: f.enum(['new', 'open', 'answered', 'spam']).default('new').readOnly().index(),
    name: f.text({ min: 1, max: 120 }).readOnly().search().pii(),
    email: f.text({ max: 254, format: 'email' }).readOnly().search().pii().label('E-mail'),
    phone: f.text({ max: 30, format: 'phone' }).optional().readOnly().pii(),
    topic: f.enum(topics).default('question').index(),
    message: f.text({ min: 1, max: 4000 }).readOnly().search().pii(),
    note: f.text({ max: 4000 }).optional().label('Note for colleagues').pii(),
    /** When they agreed that it is kept. */
    agreedAt: f.instant().readOnly().label('Agreed to'),
    answeredAt: f.instant().optional().readOnly().label('Answered'),
    locale: f.text({ max: 35 }).default('en').readOnly().label('Language'),
    /** Whom the site tells; empty where nobody is. */
    told: f.text({ max: 254, format: 'email' }).optional().readOnly(),
    site: f.text({ max: 40 }).optional().readOnly(),
    ...campaignFields,
  },
  states: {
    field: 'status',
    initial: 'new',
    transitions: {
      take: { label: 'Take on', from: ['new'], to: 'open', roles: desk },
      answer: { label: 'Mark as answered', from: ['new', 'open'], to: 'answered', roles: desk },
      reopen: { label: 'Open again', from: ['answered', 'spam'], to: 'open', roles: desk },
      reject: { label: 'Spam', from: ['new', 'open'], to: 'spam', roles: desk, danger: true },
    },
  },
  retention: { after: 730, from: 'createdAt', action: 'anonymise', where: { status: { in: ['answered', 'spam'] } } },
  access: { admin: { ...kept, delete: true }, staff: kept },
  display: { columns: ['name', 'topic', 'message', 'status'], sort: '-createdAt' },
});
