/** The language that a request wants translated texts in: the parameter `locale`, else the header Accept-Language. */
import { Problem } from '../../schemas/errors/index.ts';
import { localePattern, lookUpLocale } from '../../schemas/module/index.ts';
import type { Call, TextLocale } from '../engine/call.ts';
import type { AppContext } from '../http/env.ts';
import type { Tenant, TenantSite } from '../tenant/tenant.ts';

/** Ranges of a header that are looked at. */
const mostRanges = 10;

/** Undefined where no language is asked for, or `locale=*`: then texts are read in all their languages. Throws INVALID_QUERY. */
export function textLocaleOf(c: AppContext, tenant: Tenant, site: TenantSite | undefined): TextLocale | undefined {
  const header = c.req.raw.headers.get('accept-language') ?? undefined;
  const parameter = c.req.raw.url.includes('locale=') ? c.req.query('locale') : undefined;
  if (parameter === '*' || (parameter === undefined && (header === undefined || header === '*'))) return undefined;
  const asked = parameter === undefined ? acceptedLanguages(header!) : [tagOf(parameter)];
  const [first] = asked;
  if (first === undefined) {
    if (parameter === undefined) return undefined;
    throw Problem.of('INVALID_QUERY', { detail: '"locale" is a language code such as de or pt-BR, or * for all' });
  }
  const usual = [site, ...tenant.sites].flatMap(entry => entry?.locale ?? []);
  // A browser says en-US where the site keeps its texts as en.
  const kept = parameter === undefined ? lookUpLocale(first, tag => usual.includes(tag)) : undefined;
  return {
    read: [...asked.filter(tag => tag !== undefined), ...usual.slice(0, 2)],
    write: kept ?? first,
  };
}

/** For a language that was asked for by name, or for the site's own; what is no language counts as none. */
export function localeFor(asked: string | undefined, { tenant, site }: Pick<Call, 'tenant' | 'site'>): TextLocale {
  const usual = [site, ...tenant.sites].flatMap(entry => entry?.locale ?? []);
  const known = asked === undefined ? undefined : tagOf(asked);
  const first = known ?? usual[0] ?? 'en';
  return {
    read: [first, ...usual.slice(0, 2)],
    write: lookUpLocale(first, tag => usual.includes(tag)) ?? first,
  };
}

/** Tags by weight, those of one weight in their order (RFC 9110 section 12.5.4). */
export function acceptedLanguages(header: string): string[] {
  return header
    .split(',', mostRanges)
    .flatMap(range => {
      const [tag = '', ...parameters] = range.trim().split(';');
      const weight = parameters.map(text => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(text)?.[1]).find(Boolean);
      const known = tagOf(tag);
      return known && weight !== '0' ? [{ known, weight: Number(weight ?? 1) }] : [];
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ known }) => known);
}

function tagOf(text: string): string | undefined {
  try {
    const tag = new Intl.Locale(text.slice(0, 35)).baseName;
    return localePattern.test(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** The query string as a verb reads it; the language is not the verb's. */
export function paramsOf(c: AppContext): URLSearchParams {
  const params = new URL(c.req.url).searchParams;
  params.delete('locale');
  return params;
}
