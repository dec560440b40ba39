/** What was counted on one site: figures, a line over time, funnels, pages, where visitors come from, speed. */
import { html, nothing } from 'lit';
import type { AnalyticsMode, Site } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { analyticsStyles } from '../analytics/analytics-styles.ts';
import { breakdown, errorName, funnelTable, vitalFacts } from '../analytics/breakdown.ts';
import { change } from '../analytics/change.ts';
import { LineChart } from '../analytics/line-chart.ts';
import { duration, type Length, lengths, longest, percent, shortCount } from '../analytics/period.ts';
import {
  type Count,
  counts,
  figures,
  isUsed,
  isWeekly,
  type lists,
  ofUse,
  points,
  readSite,
  type SiteFigures,
} from '../analytics/site-figures.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonLines } from '../shell/states.ts';
import { locale, type StringKey, t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { panel } from './panel-styles.ts';

type Figure = (typeof figures)[number];
const spoken: Readonly<Partial<Record<Figure, (n: number) => string>>> = {
  bounceRate: percent,
  visitSeconds: duration,
  conversionRate: percent,
};
const isCount = (figure: Figure): figure is Count => counts.some(count => count === figure);
const modes = ['cookieless', 'consent', 'off'] as const satisfies readonly AnalyticsMode[];

const devices: ReadonlySet<string> = new Set(['mobile', 'tablet', 'desktop']);
const languages = new Intl.DisplayNames(locale, { type: 'language' });
const regions = new Intl.DisplayNames(locale, { type: 'region' });
/** A code that is none comes as it was counted. */
const called = (names: Intl.DisplayNames, code: string): string => {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
};

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
  #last: SiteFigures | undefined;
  readonly #state = this.resource<SiteFigures>(() => ({
    key: `analytics:${this.params['site']}:${this.length}`,
    read: () => readSite(this.api.control, this.params['site']!, this.length),
  }));

  constructor() {
    super();
    this.length = 30;
    this.metric = 'visitors';
    this.problem = null;
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
          ${state ? html`<a class="button" download href=${this.#csv(state)}>${t('analytics.download')}</a>` : html`<button disabled>${t('analytics.download')}</button>`}
        </div>
      </header>
      ${problem ? errorState(problem, () => this.#state.reload()) : nothing}
      ${state ? this.#content(state, sitePath, value === undefined) : problem ? nothing : skeletonLines(8)}
    </div>`;
  }

  #csv({ site, now }: SiteFigures): string {
    const query = { from: now.from, to: now.to, interval: 'day', metrics: figures.join() };
    return `/api/sites/${site.id}/analytics.csv?${new URLSearchParams(query)}`;
  }

  #content(state: SiteFigures, sitePath: string, isStale: boolean) {
    const { site, now, vitals, funnels, by, errors, variants } = state;
    const { counted, seen } = now.sampling;
    const empty =
      site.analytics === 'off'
        ? emptyState({ icon: 'alert', title: t('analytics.isOff'), text: t('analytics.isOffText') })
        : state.wasEver
          ? emptyState({
              icon: 'clock',
              title: t('analytics.nonePeriod'),
              text: t('analytics.nonePeriodText'),
              action: html`<button class="primary" @click=${() => (this.length = longest)}>${t('analytics.longest')}</button>`,
            })
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
      <desk-line-chart .points=${points(state, this.metric)} .label=${t(isWeekly(now) ? 'analytics.each.week' : 'analytics.each.day', { metric: t(`analytics.${this.metric}`) })}></desk-line-chart></div>
      <div class="breakdowns ${isStale ? 'stale' : ''}">
        ${funnels.filter(isUsed).map(funnelTable)}
        ${list('analytics.pages', 'path', key => key)}
        ${list('analytics.referrers', 'referrer', key => key || t('analytics.direct'))}
        ${by.campaign.rows.some(({ key }) => key) ? list('analytics.campaigns', 'campaign', key => key || t('analytics.withoutCampaign')) : nothing}
        ${by.source.rows.some(({ key }) => key) ? list('analytics.sources', 'source', key => key || t('analytics.withoutCampaign')) : nothing}
        ${list('analytics.devices', 'device', key => t(devices.has(key) ? (`analytics.${key}` as StringKey) : 'analytics.unknown'))}
        ${list('analytics.languages', 'locale', key => orUnknown(key, code => called(languages, code)))}
        ${by.country.rows.some(({ key }) => key) ? list('analytics.countries', 'country', key => orUnknown(key, code => called(regions, code))) : nothing}
        ${variants
          .filter(({ report }) => report.rows.some(({ key, values }) => key && ofUse.some(metric => values[metric])))
          .map(({ label, report }) =>
            breakdown({
              title: t('analytics.variantsOf', { label }),
              report,
              metrics: ofUse,
              name: key => key || t('analytics.withoutVariant'),
            }),
          )}
        ${errors.rows.length > 0 ? breakdown({ title: t('analytics.errorList'), report: errors, metrics: ['errors'], name: errorName }) : nothing}
        ${vitals.length > 0 ? vitalFacts(vitals, labels) : nothing}
      </div>`
    }
    ${this.#setting(site)}`;
  }

  #figures({ now, before }: SiteFigures) {
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
