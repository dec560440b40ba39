/** The list of any entity, drawn from its manifest: search, state, order, pages, steps. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ListEnvelope } from '../../schemas/protocol/index.ts';
import { type AnyRecord, listPath } from '../api/data-client.ts';
import {
  addressOf,
  columnsOf,
  type EntityJson,
  entityPlural,
  fieldLabel,
  humanise,
  inSentence,
  labelFieldOf,
  type ManifestJson,
  may,
  recordLabel,
  sortable,
  transitionsFrom,
} from '../api/manifest-reader.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { icon } from '../shell/icon.ts';
import { emptyState, errorState, skeletonRows } from '../shell/states.ts';
import { locale, t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { formatValue } from './format-value.ts';
import { listStyles } from './list-styles.ts';
import { RefLabels } from './ref-labels.ts';
import { dataKey, runTransition, transitionLabel } from './run-transition.ts';
import { toneOf } from './tone.ts';

const pageSize = 25;

/** @tag desk-entity-list */
export class EntityList extends DeskElement {
  static override styles = [DeskElement.styles, form, table, listStyles];
  static override properties = {
    params: { attribute: false },
    term: { state: true },
    state: { state: true },
    order: { state: true },
    trail: { state: true },
  };
  declare params: Params;
  declare term: string;
  declare state: string;
  declare order: string | undefined;
  /** Cursors of the pages before this one and of this one. */
  declare trail: readonly string[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #labels = new RefLabels(this, () => ({ api: this.api, space: this.space, owner: this.params['module']! }));
  readonly #page = this.resource<ListEnvelope<AnyRecord>>(() => this.#source());

  constructor() {
    super();
    const search = new URLSearchParams(location.search);
    this.term = search.get('find') ?? '';
    this.state = search.get('state') ?? '';
    this.order = search.get('sort') ?? undefined;
    this.trail = [];
  }

  get #manifest(): ManifestJson | undefined {
    return this.space?.manifests.get(this.params['module']!);
  }
  get #entity(): EntityJson | undefined {
    return this.#manifest?.entities[this.params['entity']!];
  }
  get #base(): string {
    return `/clients/${this.params['id']}/m/${this.params['module']}/${this.params['entity']}`;
  }

  #sort(entity: EntityJson): string {
    return this.order ?? entity.display?.sort ?? '-createdAt';
  }

  #source() {
    const entity = this.#entity;
    if (!this.space || !entity) return null;
    const label = labelFieldOf(entity);
    const filter: Record<string, Record<string, string>> = {};
    if (this.term.trim() && label) filter[label] = { contains: this.term.trim() };
    if (this.state && entity.states) filter[entity.states.field] = { eq: this.state };
    const at = addressOf(this.#manifest!, this.params['entity']!);
    const query = { filter, sort: this.#sort(entity), size: pageSize, after: this.trail.at(-1) ?? null, count: true };
    const data = this.api.data(this.space.client.id);
    return { key: `${dataKey(data.clientId, at.module)}${listPath(at, query)}`, read: () => data.list(at, query) };
  }

  /** Keeps search and order in the address, so that going back finds them. */
  #remember(change: Partial<Pick<EntityList, 'term' | 'state' | 'order'>>): void {
    Object.assign(this, change, { trail: [] });
    const search = new URLSearchParams();
    if (this.term) search.set('find', this.term);
    if (this.state) search.set('state', this.state);
    if (this.order) search.set('sort', this.order);
    history.replaceState(history.state, '', `${this.#base}${search.size ? `?${search}` : ''}`);
  }

  #typed(event: Event): void {
    const term = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#remember({ term }), 220);
  }

  protected override updated(): void {
    const entity = this.#entity;
    if (!entity) return;
    this.desk.title(entityPlural(entity));
    const columns = Object.fromEntries(columnsOf(entity).map(name => [name, entity.fields[name]!]));
    this.#labels.want(columns, this.#page.value?.data ?? []);
  }

  protected override render() {
    const entity = this.#entity;
    if (!entity)
      return html`<div class="page"><h1 tabindex="-1">${t('missing.title')}</h1>${emptyState({ icon: 'search', title: t('missing.heading'), text: t('missing.text') })}</div>`;
    const { value, problem, loading } = this.#page;
    const filtered = this.term !== '' || this.state !== '';
    const none = value?.data.length === 0 && this.trail.length === 0;
    return html`<div class="page">
      <header class="head">
        <div><h1 tabindex="-1">${entityPlural(entity)}</h1><p class="muted" role="status">${value?.page.total === undefined ? html`&nbsp;` : tn('list.count', value.page.total)}</p></div>
        <div class="actions">${this.#newButton(entity)}</div>
      </header>
      ${none && !filtered ? nothing : this.#tools(entity)}
      ${problem ? errorState(problem, () => this.#page.reload()) : nothing}
      ${none ? this.#none(entity, filtered) : value || !problem ? this.#table(entity, value, loading) : nothing}
    </div>`;
  }

  #newButton(entity: EntityJson) {
    return may(entity, 'create')
      ? html`<a class="button primary" href=${`${this.#base}/new`}>${icon('plus')}${t('list.newNamed', { label: inSentence(entity.label) })}</a>`
      : nothing;
  }

  #none(entity: EntityJson, filtered: boolean): TemplateResult {
    const what = inSentence(entityPlural(entity));
    if (filtered) {
      return emptyState({
        icon: 'search',
        title: t('list.noMatch', { what }),
        text: t('list.noMatchText'),
        action: html`<button @click=${() => this.#remember({ term: '', state: '' })}>${t('list.clear')}</button>`,
      });
    }
    return emptyState({
      icon: this.#manifest?.icon ?? 'list',
      title: t('list.none', { what }),
      text: may(entity, 'create')
        ? t('list.noneText', { what: inSentence(entity.label) })
        : t('list.noneYet', { what }),
      action: this.#newButton(entity),
    });
  }

  #tools(entity: EntityJson): TemplateResult {
    const label = labelFieldOf(entity);
    const { states } = entity;
    const stateField = states ? entity.fields[states.field] : undefined;
    return html`<div class="tools">
      ${
        label
          ? html`<div class="search">${icon('search')}<input type="search" .value=${this.term} @input=${this.#typed}
        aria-label=${t('list.search', { field: fieldLabel(label, entity.fields[label]!).toLocaleLowerCase() })} placeholder=${t('list.search', { field: fieldLabel(label, entity.fields[label]!).toLocaleLowerCase() })} /></div>`
          : nothing
      }
      ${
        states && stateField?.kind === 'enum'
          ? html`<select class="states" aria-label=${fieldLabel(states.field, stateField)} @change=${(event: Event) => this.#remember({ state: (event.target as HTMLSelectElement).value })}>
        <option value="">${t('list.anyState', { field: fieldLabel(states.field, stateField).toLocaleLowerCase() })}</option>
        ${stateField.values.map(value => html`<option value=${value} ?selected=${value === this.state}>${humanise(value)}</option>`)}</select>`
          : nothing
      }
    </div>`;
  }

  #table(entity: EntityJson, page: ListEnvelope<AnyRecord> | undefined, loading: boolean): TemplateResult {
    const columns = columnsOf(entity);
    const steps = entity.states && page?.data.some(record => transitionsFrom(entity, record).length > 0);
    return html`
      <div class="scroll"><table class="cards" aria-busy=${loading} aria-label=${entityPlural(entity)}>
        <thead><tr>${columns.map(name => this.#header(entity, name))}${steps ? html`<th scope="col" class="end"><span class="sr">${t('list.steps')}</span></th>` : nothing}</tr></thead>
        ${page ? html`<tbody>${page.data.map(record => this.#row(entity, columns, record, steps ?? false))}</tbody>` : skeletonRows(columns.length)}
      </table></div>
      ${page ? this.#pager(page) : nothing}`;
  }

  #header(entity: EntityJson, name: string): TemplateResult {
    const field = entity.fields[name];
    const label = field ? fieldLabel(name, field) : humanise(name);
    const sort = this.#sort(entity);
    const up = sort === name;
    const down = sort === `-${name}`;
    const kind = numeric(field?.kind) ? 'number' : '';
    if (!sortable(field)) return html`<th scope="col" class=${kind}>${label}</th>`;
    return html`<th scope="col" class=${kind} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'}><button @click=${() => this.#remember({ order: up ? `-${name}` : name })}>${label}${up ? icon('sort-up') : down ? icon('sort-down') : nothing}</button></th>`;
  }

  #row(entity: EntityJson, columns: readonly string[], record: AnyRecord, steps: boolean): TemplateResult {
    const href = `${this.#base}/${record.id}`;
    const open = (event: MouseEvent) => {
      if (
        !event.composedPath().some(node => node instanceof HTMLElement && node.matches('a, button, select, [popover]'))
      )
        this.desk.navigate(href);
    };
    return html`<tr class="open" @click=${open}>
      ${columns.map((name, index) => this.#cell(entity, name, record, index === 0 ? href : undefined))}
      ${steps ? html`<td class="end">${this.#steps(entity, record)}</td>` : nothing}
    </tr>`;
  }

  #cell(entity: EntityJson, name: string, record: AnyRecord, href: string | undefined): TemplateResult {
    const field = entity.fields[name]!;
    const zone = this.space?.client.zone ?? 'UTC';
    const text = formatValue(name, field, record[name], { zone, labelOf: this.#labels.labelOf });
    const isState = entity.states?.field === name;
    const shown = isState ? html`<span class="badge ${toneOf(String(record[name]))}">${text}</span>` : text;
    const link = href
      ? html`<a class="name" href=${href}>${isState ? shown : text || recordLabel(entity, record)}</a>`
      : shown;
    return html`<td class="${numeric(field.kind) ? 'number' : oneLine.has(field.kind) ? 'line' : ''} ${text || href ? '' : 'none'}" data-label=${fieldLabel(name, field)}>${link}</td>`;
  }

  #steps(entity: EntityJson, record: AnyRecord): TemplateResult | typeof nothing {
    const steps = transitionsFrom(entity, record);
    if (steps.length === 0) return nothing;
    const id = `steps-${record.id}`;
    return html`<button class="plain icon-only" popovertarget=${id} aria-haspopup="true" aria-label=${t('list.stepsOf', { name: recordLabel(entity, record) })} .style=${`anchor-name:--${id}`}>${icon('more')}</button>
      <div popover class="menu" id=${id} .style=${`position-anchor:--${id}`}>${steps.map(
        ([name, step]) =>
          html`<button class="plain ${step.danger ? 'danger' : ''}" @click=${(event: Event) => {
            (event.target as HTMLElement).closest<HTMLElement>('[popover]')?.hidePopover();
            void this.#run(entity, record, name);
          }}>${transitionLabel(entity, name)}</button>`,
      )}</div>`;
  }

  async #run(entity: EntityJson, record: AnyRecord, name: string): Promise<void> {
    const { api, desk, toasts } = this;
    const at = addressOf(this.#manifest!, this.params['entity']!);
    await runTransition({ api, desk, toasts, clientId: this.params['id']!, at, entity, record, name });
  }

  #pager({ data, page }: ListEnvelope<AnyRecord>): TemplateResult | typeof nothing {
    if (this.trail.length === 0 && !page.after) return nothing;
    const number = new Intl.NumberFormat(locale);
    const from = this.trail.length * pageSize + 1;
    const to = from + data.length - 1;
    return html`<nav class="more" aria-label=${t('list.pages')}>
      <button ?disabled=${this.trail.length === 0} @click=${() => this.#turn(this.trail.slice(0, -1))}>${icon('chevron-start')}${t('list.previous')}</button>
      <button ?disabled=${!page.after} @click=${() => page.after && this.#turn([...this.trail, page.after])}>${t('list.next')}${icon('chevron-end')}</button>
      <span class="muted number">${page.total === undefined ? '' : t('list.range', { from: number.format(from), to: number.format(to), total: number.format(page.total) })}</span>
    </nav>`;
  }

  #turn(trail: readonly string[]): void {
    this.trail = trail;
    scrollTo(0, 0);
  }
}

const numeric = (kind: string | undefined): boolean => kind === 'int' || kind === 'decimal' || kind === 'money';

const oneLine = new Set(['instant', 'date', 'localTime', 'duration', 'enum', 'bool']);
