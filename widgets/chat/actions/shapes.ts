/** What several actions take or give. */
import { f } from '../../../schemas/module/index.ts';

/** A secret of 128 bits behind the conversation that it opens. */
export const token = () => f.text({ min: 1, max: 80 });
/** The writer's own name of a message, the same in every try. */
export const clientId = () => f.text({ min: 1, max: 40 });
export const text = () => f.text({ min: 1, max: 4000 });
export const status = () => f.enum(['open', 'snoozed', 'resolved']);

export const message = {
  /** Grows with every message; not every number is the visitor's to see. */
  seq: f.int(),
  clientId: f.text().optional(),
  kind: f.enum(['visitor', 'agent', 'activity']),
  text: f.text(),
  at: f.instant(),
  author: f.object({ name: f.text() }).optional(),
};

/** As the desk sees it, notes too. */
export const deskMessage = { ...message, kind: f.enum(['visitor', 'agent', 'activity', 'note']) };

export const conversation = {
  id: f.ref('conversation'),
  number: f.text(),
  status: status(),
  visitor: f.object({ name: f.text().optional(), email: f.text().optional() }),
  last: f.object({ text: f.text(), at: f.instant(), kind: f.enum(['visitor', 'agent', 'activity']) }),
  unread: f.int(),
  assignee: f.object({ id: f.ref('agent'), name: f.text() }).optional(),
  waitingSince: f.instant().optional(),
  dueAt: f.instant().optional(),
  snoozedUntil: f.instant().optional(),
  rating: f.int().optional(),
  priority: f.enum(['low', 'medium', 'high', 'urgent']),
  labels: f.list(f.text()),
  blocked: f.bool(),
};
