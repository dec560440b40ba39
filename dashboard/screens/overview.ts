/** The agency's home: every site at a glance, those whose widgets report errors first. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AnalyticsOfSite, Client, SiteFigure } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { analyticsStyles } from '../analytics/analytics-styles.ts';
import { change } from '../analytics/change.ts';
import { overviewStyles } from '../analytics/overview-styles.ts';
import { count, type Length, lengths } from '../analytics/period.ts';
import { inOrder, type SiteOrder } from '../analytics/site-order.ts';
import { sparkline } from '../analytics/sparkline.ts';
import { listStyles } from '../generic/list-styles.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, skeletonRows } from '../shell/states.ts';
import { type StringKey, t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';

/** Rows at first, and with each press of "more". */
const most = 100;
const totals = ['visits', 'completions', 'errors'] as const satisfies readonly SiteFigure[];
const columns = ['visits', 'completions'] as const;

/** @tag desk-overview */
export class Overview extends DeskElement {
  static override styles = [DeskElement.styles, form, table, listStyles, analyticsStyles, overviewStyles];
  static override properties = {
    params: { attribute: false },
    length: { state: true },
    term: { state: true },
    order: { state: true },
    shown: { state: true },
  };
  declare params: Params;
  declare length: Length;
  declare term: string;
  declare order: SiteOrder;
  declare shown: number;
  /** What was shown before another period was chosen, until that one has come. */
  #last: readonly AnalyticsOfSite[] | undefined;
  readonly #sites = this.resource<readonly AnalyticsOfSite[]>(() => ({
    key: `overview:${this.length}`,
    // Each site's own last days, so that a site's page says the same.
    read: () => this.api.control.overview({ days: `${this.length}` }),
  }));
  readonly #clients = this.resource<Client[]>(() => ({ key: 'clients', read: () => this.api.control.clients() }));

  constructor() {
    super();
    this.length = 30;
    this.term = '';
    this.order = 'trouble';
    this.shown = most;
  }

  protected override opened(): void {
    this.desk.title(t('overview.title'));
  }

  protected override render() {
    const { value, problem } = this.#sites;
    if (value) this.#last = value;
    const sites = value ?? this.#last;
    const clients = this.#clients.value;
    return html`<div class="page">
      <header class="head">
        <div><h1 tabindex="-1">${t('overview.title')}</h1><p class="muted" role="status">${this.#status(sites, clients)}</p></div>
        <div class="actions">
          <fieldset class="segments"><legend class="sr">${t('analytics.range')}</legend>${lengths.map(
            length =>
              html`<label><input type="radio" name="length" .checked=${length === this.length} @change=${() => (this.length = length)} /><span>${t(`analytics.range.${length}`)}</span></label>`,
          )}</fieldset>
          ${sites === undefined || sites.length > 0 ? html`<a class="button" download href=${`/api/analytics.csv?days=${this.length}`}>${t('analytics.download')}</a>` : nothing}
        </div>
      </header>
      ${problem ? errorState(problem, () => this.#sites.reload()) : nothing}
      ${sites ? this.#content(sites, clients, value === undefined) : problem ? nothing : html`<table aria-hidden="true">${skeletonRows(5)}</table>`}
    </div>`;
  }

  #status(sites: readonly AnalyticsOfSite[] | undefined, clients: readonly Client[] | undefined) {
    if (!sites || !clients) return html`&nbsp;`;
    if (this.term) return tn('overview.found', inOrder(sites, 'name', this.term).length);
    return `${tn('overview.sites', sites.length)} · ${tn('overview.clients', clients.length)}`;
  }

  #content(sites: readonly AnalyticsOfSite[], clients: readonly Client[] | undefined, isStale: boolean) {
    if (sites.length === 0)
      return clients ? this.#nothing(clients) : html`<table aria-hidden="true">${skeletonRows(5)}</table>`;
    const found = inOrder(sites, this.order, this.term);
    const isQuiet = sites.every(({ values, before }) => values.views + before.views === 0);
    return html`${isQuiet ? html`<p class="notice">${t('overview.allQuiet')}</p>` : html`<dl class="totals ${isStale ? 'stale' : ''}">${totals.map(figure => this.#total(figure, sites))}</dl>`}
      <div class="tools"><div class="search">${icon('search')}<input type="search" aria-label=${t('overview.search')} placeholder=${t('overview.search')} .value=${this.term}
        @input=${(event: Event) => this.#search((event.target as HTMLInputElement).value)} /></div></div>
      ${
        found.length === 0
          ? emptyState({
              icon: 'search',
              title: t('list.noMatch', { what: t('sites.title').toLocaleLowerCase() }),
              text: t('list.noMatchText'),
              action: html`<button @click=${() => this.#search('')}>${t('list.clear')}</button>`,
            })
          : this.#table(found, isStale)
      }
      ${this.term ? nothing : this.#without(clients ?? [])}`;
  }

  #search(term: string): void {
    this.term = term;
    this.shown = most;
  }

  #total(figure: (typeof totals)[number], sites: readonly AnalyticsOfSite[]) {
    const sum = (period: 'values' | 'before') => sites.reduce((all, site) => all + site[period][figure], 0);
    const [value, past] = [sum('values'), sum('before')];
    const troubled = figure === 'errors' ? sites.filter(({ values }) => values.errors > 0).length : 0;
    return html`<div><dt>${t(`overview.${figure}`)}</dt><dd><span class="figure">${count(value)}</span> ${past > 0 || figure !== 'errors' ? change(value, past, figure === 'errors') : nothing}
      ${troubled > 0 ? html`<span class="change">${tn('overview.ofSites', troubled)}</span>` : nothing}</dd></div>`;
  }

  #table(found: readonly AnalyticsOfSite[], isStale: boolean) {
    const rest = found.length - this.shown;
    return html`<div class="scroll ${isStale ? 'stale' : ''}"><table class="cards sites" aria-label=${t('sites.title')}>
      <thead><tr>${this.#head('name', t('overview.site'))}<th scope="col"><span class="sr">${t('overview.trend')}</span></th>
        ${columns.map(column => this.#head(column, t(`overview.${column}`)))}${this.#head('errors', t('overview.errors'))}</tr></thead>
      <tbody>${found.slice(0, this.shown).map(site => this.#row(site))}</tbody></table></div>
      ${rest > 0 ? html`<div class="more"><button @click=${() => (this.shown += most)}>${t('overview.more', { n: Math.min(rest, most) })}</button></div>` : nothing}`;
  }

  #head(order: Exclude<SiteOrder, 'trouble'>, label: string) {
    const isOn = this.order === order;
    const sort = isOn ? (order === 'name' ? 'ascending' : 'descending') : 'none';
    const press = () => (this.order = isOn ? 'trouble' : order);
    return html`<th scope="col" class=${order === 'name' ? '' : 'number'} aria-sort=${sort}><button @click=${press}>${label}<span class="arrow">${isOn ? icon(order === 'name' ? 'sort-up' : 'sort-down') : nothing}</span></button></th>`;
  }

  #row({ siteId, siteName, clientId, clientName, values, before, series }: AnalyticsOfSite): TemplateResult {
    const client = `/clients/${clientId}`;
    const path = `${client}/sites/${siteId}/analytics`;
    const open = (event: Event) => (event.target as HTMLElement).closest('a') ?? this.desk.navigate(path);
    return html`<tr class="open" @click=${open}>
      <td><a class="name" href=${path}>${siteName}</a><br /><a class="muted small" href=${client}>${clientName}</a></td>
      <td class="trend">${sparkline(series)}</td>
      ${columns.map(
        column =>
          html`<td class="number" data-label=${t(`overview.${column}` as StringKey)}><span><span class="value">${count(values[column])}</span> ${change(values[column], before[column])}</span></td>`,
      )}
      <td class="number" data-label=${t('overview.errors')}>${values.errors ? html`<span class="badge full tone-danger">${tn('overview.errorCount', values.errors)}</span>` : html`<span class="muted">0</span>`}</td></tr>`;
  }

  /** Clients that have nothing to show yet. */
  #without(clients: readonly Client[]) {
    const bare = clients.filter(({ siteCount }) => siteCount === 0);
    if (bare.length === 0) return nothing;
    return html`<section class="section"><h2>${t('overview.quiet')}</h2><ul class="bare">${bare
      .slice(0, 20)
      .map(
        ({ id, name }) => html`<li><a href=${`/clients/${id}`}>${name}</a></li>`,
      )}${bare.length > 20 ? html`<li><a href="/clients">${t('andMore', { n: bare.length - 20 })}</a></li>` : nothing}</ul></section>`;
  }

  #nothing(clients: readonly Client[]) {
    return clients.length === 0
      ? emptyState({
          icon: 'people',
          title: t('clients.none'),
          text: t('clients.noneText'),
          action: html`<a class="button primary" href="/clients?new">${icon('plus')}${t('clients.new')}</a>`,
        })
      : html`${emptyState({ icon: 'site', title: t('overview.noSites'), text: t('overview.noSitesText') })}${this.#without(clients)}`;
  }
}
