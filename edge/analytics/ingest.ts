/** POST /embed/:siteKey/events: what a page's beacon sends. */
import { Hono } from 'hono';
import { isbot } from 'isbot';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Clock, Limiter } from '../../schemas/ports/index.ts';
import type { AnalyticsDimension, EventBatch, PageEvent } from '../../schemas/protocol/index.ts';
import type { Config } from '../config.ts';
import { asksNotToBeTracked } from '../http/asks-not-to-be-tracked.ts';
import type { ClientIp } from '../http/client-ip.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readText, validate } from '../http/json-body.ts';
import { rateLimit } from '../http/rate-limit.ts';
import type { SiteOfTenant, Tenants } from '../tenant/tenant.ts';
import type { Collector } from './collector.ts';
import { createLocalHours } from './local-hour.ts';
import type { CountedEvent } from './tally.ts';
import type { Visitors } from './visitors.ts';
import { type KnownWidget, widgetsOf } from './widgets.ts';

export interface IngestDeps {
  readonly tenants: Tenants;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly clientIp: ClientIp;
  readonly config: Pick<Config, 'host' | 'publicUrl'>;
  readonly collector: Collector;
  readonly visitors: Visitors;
}

const MAX_BYTES = 16 * 1024;
/** Seconds in view that are believed at a time: somebody may leave a page open and go. */
const MOST_SECONDS = 1_800;
const text = (max: number) => z.string().max(max);
/** What an address or a tag of the page may have at any length is cut, not refused. */
const cut = (max: number) => z.string().transform(value => value.slice(0, max));

const batchSchema = z.strictObject({
  path: cut(2_000).refine(path => path.startsWith('/')),
  referrer: text(253),
  source: cut(200).nullish(),
  medium: cut(200).nullish(),
  campaign: cut(200).nullish(),
  locale: text(35),
  device: z.enum(['mobile', 'tablet', 'desktop']),
  events: z
    .array(
      z.strictObject({
        kind: z.enum(['view', 'impression', 'start', 'step', 'complete', 'error', 'vital']),
        widget: text(63).optional(),
        name: text(63).optional(),
        value: z.number().min(0).max(1e10).optional(),
        variant: cut(40).nullish(),
      }),
    )
    .min(1)
    .max(50),
});

/** Programs, previews of a page that nobody has opened yet, and visitors who ask not to be counted. */
export function isCounted(headers: Headers): boolean {
  const agent = headers.get('user-agent');
  if (!agent || isbot(agent)) return false;
  if (/prefetch|prerender/.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`)) return false;
  return !asksNotToBeTracked(headers);
}

export function ingestRoutes(deps: IngestDeps): Hono<AppEnv> {
  const { tenants, clock, collector, visitors, clientIp, config } = deps;
  const hourOf = createLocalHours();
  const limited = rateLimit({
    limiter: deps.limiter,
    name: 'events',
    limit: 1_200,
    windowSeconds: 60,
    key: c => clientIp(c),
  });

  return new Hono<AppEnv>().post('/embed/:siteKey/events', limited, async c => {
    const found = await tenants.bySiteKey(c.req.param('siteKey'));
    if (!found) throw Problem.of('NOT_FOUND');
    const { tenant, site } = found;
    const origin = c.req.header('origin');
    if (!origin || (origin !== config.publicUrl && !site.origins.includes(origin))) {
      throw Problem.of('ORIGIN_NOT_ALLOWED');
    }
    // Whoever is left out is told the same as everybody else.
    const weight = site.analytics !== 'off' && isCounted(c.req.raw.headers) ? collector.weigh(site.id) : 0;
    if (weight > 0) {
      const batch = validate(batchSchema, parse(await readText(c.req.raw, MAX_BYTES))) as EventBatch;
      const internal = isInternal(batch.referrer, found, config.publicUrl);
      const events = countedEvents(batch.events, widgetsOf(found), internal);
      if (events.length > 0) {
        const hour = hourOf(clock.now(), site.zone);
        const mark = await visitors.mark(hour.day, site.id, clientIp(c), c.req.header('user-agent') ?? '');
        const values = valuesOf(batch, internal, countryOf(c, config.host));
        collector.add(tenant.client.id, { siteId: site.id, hour, mark, values, events, weight });
      }
    }
    return c.body(null, 202, { 'Cache-Control': 'no-store' });
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw Problem.of('INVALID_REQUEST', { detail: 'The body is not valid JSON.', cause });
  }
}

function isInternal(referrer: string, { site }: SiteOfTenant, publicUrl: string): boolean {
  return referrer !== '' && [publicUrl, ...site.origins].some(origin => new URL(origin).hostname === referrer);
}

/** Events of widgets that the site does not show, and names that nobody declared, are passed over. */
function countedEvents(
  events: readonly PageEvent[],
  widgets: ReadonlyMap<string, KnownWidget>,
  internal: boolean,
): CountedEvent[] {
  return events.flatMap(({ kind, widget: tag = '', name = '', value, variant }): CountedEvent[] => {
    const widget = widgets.get(tag);
    const event = { kind, name: '', module: '', widget: '', variant: '', value: undefined };
    if (kind === 'view') return internal || name === 'inner' ? [event] : [event, { ...event, kind: 'visit' }];
    if (kind === 'vital' && tag === '') {
      if (value === undefined) return [];
      if (name === 'stay') return internal ? [] : [{ ...event, kind: 'stay' }];
      if (name === 'left' || name === 'time') {
        const seconds = Math.min(Math.round(value / 1000), MOST_SECONDS);
        const time = { ...event, kind: 'time' as const, value: seconds };
        return name === 'left' && !internal ? [time, { ...event, kind: 'measured' }] : [time];
      }
      if (!/^(?:lcp|cls|inp)$/.test(name)) return [];
      // In thousandths, so that its bands are as fine as those of milliseconds.
      return [{ ...event, name, value: name === 'cls' ? value * 1000 : value }];
    }
    if (!widget) return [];
    const ofWidget = { ...event, module: widget.module, widget: tag, variant: variant ?? '' };
    if (kind === 'impression' || kind === 'start') return [ofWidget];
    if (kind === 'vital')
      return /^(?:ready|inp)$/.test(name) && value !== undefined ? [{ ...ofWidget, name, value }] : [];
    if (kind === 'error') return [{ ...ofWidget, name: /^[A-Z][A-Z0-9_]*$/.test(name) ? name : 'OTHER' }];
    const declared = kind === 'step' ? widget.steps : widget.completes;
    return declared.includes(name) ? [{ ...ofWidget, name }] : [];
  });
}

function valuesOf(batch: EventBatch, internal: boolean, country: string): Record<AnalyticsDimension, string> {
  const { path, referrer, source, medium, campaign, locale, device } = batch;
  return {
    path: cleanPath(path),
    referrer: internal ? '' : cleanHost(referrer),
    source: oneLine(source ?? ''),
    medium: oneLine(medium ?? ''),
    campaign: oneLine(campaign ?? ''),
    device,
    country,
    locale: languageOf(locale),
  };
}

/** In the one form that a language has, and without extensions (BCP 47); empty where a page says what is none. */
function languageOf(locale: string): string {
  try {
    return new Intl.Locale(locale).baseName;
  } catch {
    return '';
  }
}

/** No query, no fragment, and no address of a person. */
const cleanPath = (path: string): string =>
  oneLine(path.replace(/[?#].*$/s, '').replace(/[^/]*(?:@|%40)[^/]*/gi, '(hidden)'));

const cleanHost = (host: string): string =>
  /^[a-z0-9.-]+$/i.test(host) ? host.toLowerCase().replace(/^www\./, '') : '';

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it takes out
const oneLine = (value: string): string => value.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '').slice(0, 300);

/** ISO 3166-1, from the header that Cloudflare sets; elsewhere anybody could send it. */
function countryOf(c: AppContext, host: Config['host']): string {
  const country = host === 'worker' ? c.req.header('cf-ipcountry') : undefined;
  return country && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : '';
}
