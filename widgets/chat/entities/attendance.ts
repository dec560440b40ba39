/** How far either side of a conversation has read, and whether it is typing; apart from it, so that looking changes nothing that others decide on. */
import { entity, f } from '../../../schemas/module/index.ts';

export const attendance = entity({
  label: 'Attendance',
  fields: {
    conversation: f.ref('conversation', 'cascade').unique(),
    visitorSeen: f.int({ min: 0 }).default(0),
    /** When the visitor last had the panel before them. */
    visitorAt: f.instant(),
    visitorTyping: f.instant().optional(),
    agentSeen: f.int({ min: 0 }).default(0),
    agentTyping: f.instant().optional(),
  },
  access: {},
  display: { internal: true },
});
