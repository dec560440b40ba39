/** Somebody who answers; known from the first time they are at the desk. */
import { entity, f } from '../../../schemas/module/index.ts';

export const agent = entity({
  label: 'Agent',
  labelField: 'name',
  fields: {
    name: f.text({ min: 1, max: 120 }).search().help('What visitors see'),
    user: f.text({ max: 60 }).unique().readOnly().hidden(),
    away: f.bool().default(false).help('Gets no conversations by itself'),
    seenAt: f.instant().readOnly().label('Last at the desk'),
    assignedAt: f.instant().optional().readOnly().hidden(),
  },
  access: {
    admin: { read: true, update: { fields: ['name', 'away'] } },
    staff: { read: true },
  },
  display: { columns: ['name', 'away', 'seenAt'], sort: 'name' },
});
