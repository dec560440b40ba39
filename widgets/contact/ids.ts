/** Ids that stay when a name changes, and the table or column each was made with. Written by `npm run ids`; rows are never changed. */
import type { StableIds } from '../../schemas/module/index.ts';

export const ids = {
  enquiry: { id: 'e_a9bp8m4rav', at: 'contact_enquiry' },
  'enquiry.status': { id: 'f_3ifq0mjjok', at: 'status' },
  'enquiry.name': { id: 'f_4116l5mdaj', at: 'name' },
  'enquiry.email': { id: 'f_j2rnakqfd5', at: 'email' },
  'enquiry.phone': { id: 'f_4blpki1mme', at: 'phone' },
  'enquiry.topic': { id: 'f_88mnn2jdl9', at: 'topic' },
  'enquiry.message': { id: 'f_hq3i713tbe', at: 'message' },
  'enquiry.note': { id: 'f_6udoh266h7', at: 'note' },
  'enquiry.agreedAt': { id: 'f_d5nc9nhmfv', at: 'agreed_at' },
  'enquiry.answeredAt': { id: 'f_v91vh1akjb', at: 'answered_at' },
  'enquiry.locale': { id: 'f_opga4jh438', at: 'locale' },
  'enquiry.told': { id: 'f_nut0fdm4vu', at: 'told' },
  'enquiry.site': { id: 'f_b602ioqcvg', at: 'site' },
  'enquiry.campaign': { id: 'f_b9b8cff8qe', at: 'campaign' },
  'enquiry.campaignSource': { id: 'f_bjj03cjb8b', at: 'campaign_source' },
  'enquiry.campaignMedium': { id: 'f_12i81lg9uf', at: 'campaign_medium' },
  'enquiry.campaignTerm': { id: 'f_jp92p4ukgg', at: 'campaign_term' },
  'enquiry.campaignContent': { id: 'f_pahpro96cg', at: 'campaign_content' },
} as const satisfies StableIds;
