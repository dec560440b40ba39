/** Ids that stay when a name changes, and the table or column each was made with. Written by `npm run ids`; rows are never changed. */
import type { StableIds } from '../../schemas/module/index.ts';

export const ids = {
  person: { id: 'e_m0qa07vb0f', at: 'party_person' },
  'person.name': { id: 'f_h69nk0vm6u', at: 'name' },
  'person.email': { id: 'f_03misg7k80', at: 'email' },
  'person.phone': { id: 'f_pt3e1bcs5t', at: 'phone' },
  'person.zone': { id: 'f_tktpjo1tue', at: 'zone' },
  'person.locale': { id: 'f_ohn3orfvmg', at: 'locale' },
  'person.note': { id: 'f_7250383iqi', at: 'note' },
} as const satisfies StableIds;
