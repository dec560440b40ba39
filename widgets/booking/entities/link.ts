/** A manage link that was given out: only the hash of its token is kept, and the newest alone may change the booking. */
import { entity, f } from '../../../schemas/module/index.ts';

export const link = entity({
  label: 'Manage link',
  fields: {
    booking: f.ref('booking', 'cascade'),
    hash: f.text({ max: 60 }).unique().hidden(),
    current: f.bool().default(true),
  },
  access: {},
  display: { internal: true },
});
