/** What a visitor thought of one resolution; a later one has its own. */
import { entity, f } from '../../../schemas/module/index.ts';

export const rating = entity({
  label: 'Rating',
  fields: {
    conversation: f.ref('conversation', 'cascade').readOnly(),
    resolution: f.int({ min: 1 }).readOnly(),
    score: f.int({ min: 1, max: 5 }).readOnly().index(),
    comment: f.text({ max: 1000 }).optional().readOnly().pii(),
    assignee: f.ref('agent', 'setNull').optional().readOnly(),
  },
  constraints: [{ name: 'one_for_each_resolution', unique: ['conversation', 'resolution'], retry: true }],
  access: { admin: { read: true }, staff: { read: true } },
  display: { columns: ['conversation', 'score', 'comment', 'assignee'], sort: '-createdAt' },
});
