/** In which order the overview shows sites, and which of them a search finds. */
import type { AnalyticsOfSite } from '../../schemas/protocol/index.ts';

export const orders = ['trouble', 'name', 'visits', 'completions', 'errors'] as const;
export type SiteOrder = (typeof orders)[number];

const names = new Intl.Collator(undefined, { numeric: true });
const byName = (a: AnalyticsOfSite, b: AnalyticsOfSite) =>
  names.compare(a.clientName, b.clientName) || names.compare(a.siteName, b.siteName);

/** `trouble`: those whose widgets reported errors, then those with most visits. */
const compare: Readonly<Record<SiteOrder, (a: AnalyticsOfSite, b: AnalyticsOfSite) => number>> = {
  trouble: (a, b) => b.values.errors - a.values.errors || b.values.visits - a.values.visits,
  name: byName,
  visits: (a, b) => b.values.visits - a.values.visits,
  completions: (a, b) => b.values.completions - a.values.completions,
  errors: (a, b) => b.values.errors - a.values.errors,
};

export const inOrder = (sites: readonly AnalyticsOfSite[], order: SiteOrder, term: string): AnalyticsOfSite[] => {
  const words = term.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return sites
    .filter(({ siteName, clientName }) => {
      const text = `${clientName} ${siteName}`.toLocaleLowerCase();
      return words.every(word => text.includes(word));
    })
    .sort((a, b) => compare[order](a, b) || byName(a, b));
};
