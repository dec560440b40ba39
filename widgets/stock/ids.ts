/** Ids that stay when a name changes, and the table or column each was made with. Written by `npm run ids`; rows are never changed. */
import type { StableIds } from '../../schemas/module/index.ts';

export const ids = {
  level: { id: 'e_jviktubqek', at: 'stock_level' },
  'level.item': { id: 'f_v5538h8lhs', at: 'item' },
  'level.label': { id: 'f_buuoeekme8', at: 'label' },
  'level.onHand': { id: 'f_smbtd1ectu', at: 'on_hand' },
  'level.reserved': { id: 'f_m12d2tl9jf', at: 'reserved' },
  'level.backorder': { id: 'f_el7uv4sf8a', at: 'backorder' },
  movement: { id: 'e_l44hmadiju', at: 'stock_movement' },
  'movement.level': { id: 'f_c4vqhl7rl6', at: 'level' },
  'movement.kind': { id: 'f_a19meb8pk4', at: 'kind' },
  'movement.quantity': { id: 'f_pkin9qbbb6', at: 'quantity' },
  'movement.source': { id: 'f_eu770k41u8', at: 'source' },
} as const satisfies StableIds;
