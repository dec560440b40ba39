/** What was counted on one site: figures, a line over time, funnels, pages, where visitors come from, speed. */
import { html, nothing } from 'lit';
import type {
  AnalyticsFunnel,
  AnalyticsMetric,
  AnalyticsMode,
  AnalyticsReport,
  AnalyticsVital,
  Site,
} from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { analyticsStyles } from '../analytics/analytics-styles.ts';
import { breakdown, errorName, funnelTable, vitalFacts } from '../analytics/breakdown.ts';
import { change } from '../analytics/change.ts';
import { LineChart, type Point } from '../analytics/line-chart.ts';
import {
  duration,
  type Length,
  lastDays,
  lengths,
  type Period,
  percent,
  periodBefore,
  shortCount,
} from '../analytics/period.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonLines } from '../shell/states.ts';
import { locale, type StringKey, t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { panel } from './panel-styles.ts';

/** What has a line over time, and what is a share or a mean of it. */
const counts = ['visitors', 'visits', 'views', 'starts', 'completions'] as const;
type Count = (typeof counts)[number];
const figures = [
  'visitors',
  'visits',
  'bounceRate',
  'visitSeconds',
  'views',
  'starts',
  'completions',
  'conversionRate',
] as const satisfies readonly AnalyticsMetric[];
type Figure = (typeof figures)[number];
const spoken: Readonly<Partial<Record<Figure, (n: number) => string>>> = {
  bounceRate: percent,
  visitSeconds: duration,
  conversionRate: percent,
};
const isCount = (figure: Figure): figure is Count => counts.some(count => count === figure);
const lists = ['path', 'referrer', 'source', 'campaign', 'device', 'locale', 'country'] as const;
const modes = ['cookieless', 'consent', 'off'] as const satisfies readonly AnalyticsMode[];

interface State {
  readonly site: Site;
  readonly period: Period;
  readonly now: AnalyticsReport;
  readonly before: AnalyticsReport;
  readonly funnels: readonly AnalyticsFunnel[];
  readonly vitals: readonly AnalyticsVital[];
  readonly by: Readonly<Record<(typeof lists)[number], AnalyticsReport>>;
  readonly errors: AnalyticsReport;
  readonly variants: AnalyticsReport;
}

const devices: ReadonlySet<string> = new Set(['mobile', 'tablet', 'desktop']);
const languages = new Intl.DisplayNames(locale, { type: 'language' });
const regions = new Intl.DisplayNames(locale, { type: 'region' });

/** @tag desk-analytics */
export class AnalyticsScreen extends DeskElement {
  static override uses = { 'desk-line-chart': LineChart };
  static override styles = [DeskElement.styles, form, table, panel, analyticsStyles];
  static override properties = {
    params: { attribute: false },
    length: { state: true },
    metric: { state: true },
    problem: { state: true },
  };
  declare params: Params;
  declare length: Length;
  declare metric: Count;
  declare problem: ApiProblem | null;
  /** What was shown before another period was chosen, until that one has come. */
  #last: State | undefined;
  readonly #state = this.resource<State>(() => ({
    key: `analytics:${this.params['site']}:${this.length}`,
    read: () => this.#read(this.params['site']!, this.length),
  }));

  constructor() {
    super();
    this.length = 30;
    this.metric = 'visitors';
    this.problem = null;
  }

  async #read(id: string, length: Length): Promise<State> {
    const { control } = this.api;
    const site = await control.site(id);
    const period = lastDays(length, site.zone);
    const series = { metrics: figures.join(), interval: length > 90 ? 'week' : 'day' };
    const ofUse = 'impressions,starts,completions';
    const [now, before, funnels, vitals, errors, variants, ...reports] = await Promise.all([
      control.analytics(id, { ...series, ...period }),
      control.analytics(id, { ...series, ...periodBefore(period) }),
      control.funnels(id, { ...period }),
      control.vitals(id, { ...period }),
      control.analytics(id, { ...period, by: 'error', metrics: 'errors', limit: '10' }),
      control.analytics(id, { ...period, by: 'variant', metrics: ofUse, limit: '10' }),
      ...lists.map(by => control.analytics(id, { ...period, by, metrics: 'visitors,views,completions', limit: '10' })),
    ]);
    const by = Object.fromEntries(lists.map((name, index) => [name, reports[index]!])) as State['by'];
    return { site, period, now, before, funnels, vitals, errors, variants, by };
  }

  async #setMode(site: Site, analytics: AnalyticsMode): Promise<void> {
    this.problem = null;
    const apply = async (mode: AnalyticsMode) => {
      await this.api.control.updateSite(site.id, { analytics: mode });
      this.api.cache.stale(`analytics:${site.id}`);
    };
    try {
      await apply(analytics);
      this.toasts.show({
        text: t('analytics.changed'),
        undo: () => void apply(site.analytics).catch(error => (this.problem = asProblem(error))),
      });
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  protected override render() {
    const { value, problem } = this.#state;
    if (value) this.#last = value;
    const state = value ?? (this.#last?.site.id === this.params['site'] ? this.#last : undefined);
    const sitePath = `/clients/${this.params['id']}/sites/${this.params['site']}`;
    if (state) this.desk.title(`${t('analytics.title')} · ${state.site.name}`);
    return html`<div class="page">
      <header class="head">
        <div><a class="back small" href=${sitePath}>${icon('chevron-start')}${state?.site.name ?? t('sites.one')}</a><h1 tabindex="-1">${t('analytics.title')}</h1></div>
        <div class="actions">
          <fieldset class="segments"><legend class="sr">${t('analytics.range')}</legend>${lengths.map(
            length =>
              html`<label><input type="radio" name="length" .checked=${length === this.length} @change=${() => (this.length = length)} /><span>${t(`analytics.range.${length}`)}</span></label>`,
          )}</fieldset>
          ${state ? html`<a class="button" download href=${this.#csv(state)}>${t('analytics.download')}</a>` : nothing}
        </div>
      </header>
      ${problem ? errorState(problem, () => this.#state.reload()) : nothing}
      ${state ? this.#content(state, sitePath, value === undefined) : problem ? nothing : skeletonLines(8)}
    </div>`;
  }

  #csv({ site, now }: State): string {
    const query = { from: now.from, to: now.to, interval: 'day', metrics: figures.join() };
    return `/api/sites/${site.id}/analytics.csv?${new URLSearchParams(query)}`;
  }

  #content(state: State, sitePath: string, isStale: boolean) {
    const { site, now, vitals, funnels, by, errors, variants } = state;
    const { counted, seen } = now.sampling;
    const empty =
      site.analytics === 'off'
        ? emptyState({ icon: 'alert', title: t('analytics.isOff'), text: t('analytics.isOffText') })
        : emptyState({
            icon: 'site',
            title: t('analytics.none'),
            text: t('analytics.noneText'),
            action: html`<a class="button primary" href=${sitePath}>${t('analytics.toSite')}</a>`,
          });
    const isEmpty = counted === 0 && state.before.sampling.counted === 0;
    const labels = new Map(funnels.map(({ widget, label }) => [widget, label]));
    const metrics = ['visitors', 'views', 'completions'] as const;
    const list = (title: StringKey, name: (typeof lists)[number], spoken: (key: string) => string) =>
      breakdown({ title: t(title), report: by[name], metrics, name: spoken });
    const orUnknown = (key: string, say: (key: string) => string) => (key ? say(key) : t('analytics.unknown'));
    return html`${
      isEmpty
        ? empty
        : html`<div class=${isStale ? 'section stale' : 'section'}>
      ${seen < counted ? html`<p class="notice">${t('analytics.sampled', { share: percent(seen / counted) })}</p>` : nothing}
      ${this.#figures(state)}
      <desk-line-chart .points=${this.#points(state)} .label=${t(`analytics.each.${now.interval}` as StringKey, { metric: t(`analytics.${this.metric}`) })}></desk-line-chart></div>
      <div class="breakdowns ${isStale ? 'stale' : ''}">
        ${funnels.filter(({ steps }) => steps.some(step => step.count > 0)).map(funnelTable)}
        ${list('analytics.pages', 'path', key => key)}
        ${list('analytics.referrers', 'referrer', key => key || t('analytics.direct'))}
        ${by.campaign.rows.some(({ key }) => key) ? list('analytics.campaigns', 'campaign', key => key || t('analytics.withoutCampaign')) : nothing}
        ${by.source.rows.some(({ key }) => key) ? list('analytics.sources', 'source', key => key || t('analytics.withoutCampaign')) : nothing}
        ${list('analytics.devices', 'device', key => t(devices.has(key) ? (`analytics.${key}` as StringKey) : 'analytics.unknown'))}
        ${list('analytics.languages', 'locale', key => orUnknown(key, code => languages.of(code) ?? code))}
        ${by.country.rows.some(({ key }) => key) ? list('analytics.countries', 'country', key => orUnknown(key, code => regions.of(code) ?? code)) : nothing}
        ${variants.rows.some(({ key, values }) => key && values.impressions) ? breakdown({ title: t('analytics.variants'), report: variants, metrics: ['impressions', 'starts', 'completions'], name: key => key || t('analytics.withoutVariant') }) : nothing}
        ${errors.rows.length > 0 ? breakdown({ title: t('analytics.errorList'), report: errors, metrics: ['errors'], name: errorName }) : nothing}
        ${vitals.length > 0 ? vitalFacts(vitals, labels) : nothing}
      </div>`
    }
    ${this.#setting(site)}`;
  }

  #figures({ now, before }: State) {
    return html`<div class="figures">${figures.map(figure => {
      const [value, past] = [now.totals[figure] ?? null, before.totals[figure] ?? null];
      const shown = value === null ? '–' : (spoken[figure] ?? shortCount)(value);
      const explained = figure === 'bounceRate' || figure === 'visitSeconds' ? t(`analytics.${figure}.text`) : nothing;
      const content = html`<span class="name">${t(`analytics.${figure}`)}</span><span class="figure">${shown}</span>${change(value, past, figure === 'bounceRate')}`;
      return isCount(figure)
        ? html`<button aria-pressed=${figure === this.metric} @click=${() => (this.metric = figure)}>${content}</button>`
        : html`<div title=${explained}>${content}</div>`;
    })}</div>`;
  }

  #points({ now, before }: State): Point[] {
    return now.rows.map((row, index) => ({
      at: row.at!,
      value: row.values[this.metric] ?? 0,
      before: before.rows[index]?.values[this.metric] ?? 0,
    }));
  }

  #setting(site: Site) {
    if (this.session?.clientId) return nothing;
    return html`<section class="section"><h2 id="mode">${t('analytics.setting')}</h2>
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      <div class="choices" role="radiogroup" aria-labelledby="mode">${modes.map(
        mode => html`<label class="check"><input type="radio" name="mode" .checked=${mode === site.analytics} @change=${() => this.#setMode(site, mode)} />
          <span><strong>${t(`analytics.${mode}`)}</strong><br /><span class="muted">${t(`analytics.${mode}.text`)}</span></span></label>`,
      )}</div></section>`;
  }
}
