/** The header that says which campaign brought a caller, judged as what a stranger sent. */
import { type Campaign, type CampaignPart, campaignParts, longestPart } from '../../schemas/protocol/campaign.ts';

/** Five parts of which every character takes twelve in an address. */
const longest = 8000;

const isPart = (name: string): name is CampaignPart => (campaignParts as readonly string[]).includes(name);
/** No control character, nothing that turns the direction of a line, no bytes that were no text. */
const readable = /^[^\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffd]+$/u;

/**
 * Reads the header. What is not well formed is as if it had not been said: a booking is not refused for a link that somebody
 * mistyped. Where a part comes a second time another address begins, and the first one counts.
 */
export function parseCampaign(header: string | null | undefined): Campaign | undefined {
  if (!header || header.length > longest || !/^[\x20-\x7e]+$/.test(header)) return undefined;
  const seen = new Set<CampaignPart>();
  const said: { [Part in CampaignPart]?: string } = {};
  for (const [key, value] of new URLSearchParams(header)) {
    const name = key.replace(/^utm_/, '');
    if (name === key || !isPart(name)) continue;
    if (seen.has(name)) break;
    seen.add(name);
    const text = value.trim();
    if (text.length <= longestPart && readable.test(text)) said[name] = text;
  }
  return Object.keys(said).length > 0 ? said : undefined;
}
