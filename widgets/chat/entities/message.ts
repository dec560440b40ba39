/** What was said in a conversation, and what happened to it, in one order. */
import { entity, f } from '../../../schemas/module/index.ts';

export const message = entity({
  label: 'Message',
  labelField: 'text',
  fields: {
    conversation: f.ref('conversation', 'cascade').readOnly().index(),
    seq: f.int({ min: 1 }).readOnly(),
    kind: f.enum(['visitor', 'agent', 'activity', 'note']).readOnly(),
    /** Never leaves the desk: notes, and what happened among colleagues. */
    internal: f.bool().default(false).readOnly(),
    /** Of an activity its name, which is put into words where it is read. */
    text: f.text({ max: 4000 }).readOnly().search().pii(),
    author: f.text({ max: 120 }).optional().readOnly().pii(),
    /** Whose the writer's own name of the message is, and that name. */
    source: f.text({ max: 100 }).optional().readOnly().hidden(),
  },
  constraints: [
    { name: 'one_place_each', unique: ['conversation', 'seq'], retry: true },
    { name: 'sent_once', unique: ['conversation', 'source'], retry: true },
  ],
  retention: { after: 730, from: 'createdAt', action: 'anonymise' },
  access: { admin: { read: true }, staff: { read: true } },
  display: { columns: ['conversation', 'kind', 'text', 'author'], sort: '-createdAt', internal: true },
});
