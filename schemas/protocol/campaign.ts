/** Which campaign brought somebody, as a link's address says it, and how that travels with a write. */

/** Header that it comes in: the `utm_` parameters of an address as they stand there, joined by `&`. */
export const campaignHeader = 'Inlay-Campaign';

export const campaignParts = ['campaign', 'source', 'medium', 'term', 'content'] as const;
export type CampaignPart = (typeof campaignParts)[number];

/** What was said, none of it empty or longer than `longestPart`. */
export type Campaign = { readonly [Part in CampaignPart]?: string };

/** Characters of one part. */
export const longestPart = 120;
