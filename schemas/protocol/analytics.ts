/**
 * What is counted of visits, and how it is asked for.
 *
 * POST /embed/{siteKey}/events               EventBatch as text/plain or JSON, from one of the site's origins -> 202, always without a body
 * GET  /api/sites/:id/analytics              ?from&to&interval&metrics&by&widget&limit -> {data: AnalyticsReport}
 * GET  /api/sites/:id/analytics.csv          the same rows
 * GET  /api/sites/:id/analytics/funnels      ?from&to -> {data: AnalyticsFunnel[]}, one for each widget of the site
 * GET  /api/sites/:id/analytics/vitals       ?from&to -> {data: AnalyticsVital[]}
 * GET  /api/analytics                        ?days (or from&to)&page[size]&page[after] -> AnalyticsOverview
 * GET  /api/analytics.csv                    ?days (or from&to), a line for each site
 *
 * `from` and `to` are local dates of the site, both included; without them the last 30 days. `days` are the last ones of each site, by
 * its own clock. A session of the agency or the client
 * may ask, and a key with the scope `analytics:read`; the overview is for the agency's people, and a minute behind on a busy site (an
 * hour at most).
 */
import type { ListEnvelope } from './data.ts';

/** `cookieless` counts everybody without a trace in the browser, `consent` only who agreed, `off` nobody. */
export type AnalyticsMode = 'off' | 'cookieless' | 'consent';

export type EventKind = 'view' | 'impression' | 'start' | 'step' | 'complete' | 'error' | 'vital';
/** `lcp`, `inp` and `ready` (until a widget showed content) in milliseconds, `cls` as it is. `inp` is also a widget's own. */
export type VitalName = 'lcp' | 'cls' | 'inp' | 'ready';
export type DeviceClass = 'mobile' | 'tablet' | 'desktop';

/** One thing that happened on a page. */
export interface PageEvent {
  readonly kind: EventKind;
  /** Tag; all kinds but `view` and most of `vital` have one. */
  readonly widget?: string;
  /**
   * Which step or conversion, an error's code, a vital's name; `inner` for a view that is not the first of its document. As a vital:
   * `left` is the first time in view of a document, `time` more of it, `stay` that the page was looked at (decision 0185).
   */
  readonly name?: string;
  /** Of a vital. */
  readonly value?: number;
  /** The tag's `variant` attribute, for comparing two. */
  readonly variant?: string | null;
}

/** Events of one page; nothing in it says who the visitor is. */
export interface EventBatch {
  /** Without query and fragment. */
  readonly path: string;
  /** Host that led here, empty for none. */
  readonly referrer: string;
  readonly source?: string | null;
  readonly medium?: string | null;
  readonly campaign?: string | null;
  readonly locale: string;
  readonly device: DeviceClass;
  readonly events: readonly PageEvent[];
}

/** What the beacon is told in the fragment of its own address, as JSON. */
export interface BeaconSettings {
  readonly key: string;
  readonly consent: boolean;
  /** By tag: what its events count as, without their prefix. */
  readonly widgets: Readonly<Record<string, Readonly<Record<string, 'step' | 'complete'>>>>;
}

/** What an event is counted by, beside module, widget and variant. */
export type AnalyticsDimension =
  | 'path'
  | 'referrer'
  | 'source'
  | 'medium'
  | 'campaign'
  | 'device'
  | 'country'
  | 'locale';
/** `error` tells errors apart by their code, and counts nothing else. */
export type AnalyticsBy = AnalyticsDimension | 'event' | 'error' | 'module' | 'widget' | 'variant';
/**
 * `visits` are views that no page of the site led to. `visitors` are different ones of a day, within 2.3 % (standard error); over
 * several days those of each day are added up, since nobody can be recognised on the next day. `conversionRate` is completions for
 * each start. `bounceRate` is the share of visits that left their first page within ten seconds without following a link or using a
 * widget, `visitSeconds` the time that a visit had pages of the site in view, on average; both are null where no page told of it.
 */
export type AnalyticsMetric =
  | 'views'
  | 'visits'
  | 'visitors'
  | 'impressions'
  | 'starts'
  | 'completions'
  | 'errors'
  | 'conversionRate'
  | 'bounceRate'
  | 'visitSeconds';
export type AnalyticsInterval = 'hour' | 'day' | 'week' | 'month' | 'total';

export interface AnalyticsRow {
  /** RFC 3339 with the interval `hour`, else the first date; absent for `total`. */
  readonly at?: string;
  /** Value of what was grouped by; empty for none, `(other)` for what was too rare to keep apart. */
  readonly key?: string;
  readonly values: Readonly<Partial<Record<AnalyticsMetric, number | null>>>;
}

export interface AnalyticsReport {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly interval: AnalyticsInterval;
  readonly by: AnalyticsBy | null;
  readonly rows: readonly AnalyticsRow[];
  readonly totals: AnalyticsRow['values'];
  readonly sampling: AnalyticsSampling;
}

/** `seen` is less than `counted` where a burst was sampled: each event seen then stands for several. */
export interface AnalyticsSampling {
  readonly counted: number;
  readonly seen: number;
}

export interface AnalyticsFunnel {
  readonly widget: string;
  readonly label: string;
  readonly steps: readonly {
    readonly kind: EventKind;
    /** Of a step. */
    readonly name: string;
    readonly count: number;
  }[];
}

export interface AnalyticsVital {
  readonly name: VitalName;
  /** Of `ready`; empty for the page's own. */
  readonly widget: string;
  readonly count: number;
  /** Three of four are at least as good, within 10 %. */
  readonly p75: number;
}

export type SiteFigure = 'visitors' | 'views' | 'visits' | 'starts' | 'completions' | 'errors';

export interface AnalyticsOfSite {
  readonly siteId: string;
  readonly siteName: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly values: Readonly<Record<SiteFigure, number>>;
  /** Of as many days before. */
  readonly before: Readonly<Record<SiteFigure, number>>;
  /** Visits over time. */
  readonly series: readonly number[];
}

export interface AnalyticsOverview extends ListEnvelope<AnalyticsOfSite> {
  readonly meta: {
    /** The dates that were asked for; of \`days\` those of UTC, of which a site's own may be one off. */
    readonly from: string;
    readonly to: string;
    /** Days of one point of a series. */
    readonly every: number;
  };
}
