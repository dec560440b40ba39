/** The records of any entity, drawn from its manifest: search, filters, order, columns, pages, table or board, several at once. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ListEnvelope } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { menu } from '../../widgets/kit/desk/menu.ts';
import { type AnyRecord, listPath } from '../api/data-client.ts';
import {
  addressOf,
  columnsOf,
  type EntityJson,
  entityPlural,
  fieldLabel,
  inSentence,
  labelFieldOf,
  type ManifestJson,
  may,
} from '../api/manifest-reader.ts';
import { asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, missingPage, problemText } from '../shell/states.ts';
import { locale, t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import type { Condition } from './conditions.ts';
import { EntityBoard } from './entity-board.ts';
import { FilterBar } from './filter-bar.ts';
import { listStyles } from './list-styles.ts';
import { canFind, isNarrowed, readView, shownColumns, sortOf, type View, viewQuery, viewSearch } from './list-view.ts';
import { commonSteps, deleteRecords, restoreRecords, stepRecords } from './many-records.ts';
import { RecordTable, type StepRequest } from './record-table.ts';
import { type Bench, dataKey, runTransition, transitionLabel } from './run-transition.ts';
import { saveBlob } from './save-blob.ts';

const pageSize = 25;
const number = new Intl.NumberFormat(locale);

/** @tag desk-entity-list */
export class EntityList extends DeskElement {
  static override uses = { 'desk-filters': FilterBar, 'desk-records': RecordTable, 'desk-board': EntityBoard };
  static override styles = [DeskElement.styles, form, listStyles];
  static override properties = {
    params: { attribute: false },
    view: { state: true },
    trail: { state: true },
    chosen: { state: true },
  };
  declare params: Params;
  declare view: View;
  /** Cursors of the pages before this one and of this one. */
  declare trail: readonly string[];
  /** By id; they stay chosen from page to page. */
  declare chosen: ReadonlyMap<string, AnyRecord>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #page = this.resource<ListEnvelope<AnyRecord>>(() => this.#source());

  constructor() {
    super();
    this.view = readView(new URLSearchParams(location.search));
    this.trail = [];
    this.chosen = new Map();
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
  get #bench(): Bench {
    const { api, desk, toasts } = this;
    const at = addressOf(this.#manifest!, this.params['entity']!);
    return { api, desk, toasts, clientId: this.params['id']!, at, entity: this.#entity! };
  }
  /** Enum fields that can be a board's columns, the state first. */
  get #boards(): string[] {
    const entity = this.#entity!;
    const enums = Object.entries(entity.fields).filter(([, field]) => field.kind === 'enum' && !field.hidden);
    return enums
      .map(([name]) => name)
      .sort((a, b) => Number(b === entity.states?.field) - Number(a === entity.states?.field));
  }

  #source() {
    const entity = this.#entity;
    if (!this.space || !entity || (this.view.board && !this.view.deleted)) return null;
    const { at } = this.#bench;
    const query = {
      ...viewQuery(entity, this.view, this.space.client.zone),
      size: pageSize,
      after: this.trail.at(-1) ?? null,
      count: true,
    };
    const data = this.api.data(this.space.client.id);
    return { key: `${dataKey(data.clientId, at.module)}${listPath(at, query)}`, read: () => data.list(at, query) };
  }

  /** Keeps the view in the address, so that going back finds it. */
  #show(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.trail = [];
    history.replaceState(history.state, '', this.#base + viewSearch(this.view));
  }

  #typed(event: Event): void {
    const find = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show({ find }), 220);
  }

  protected override updated(): void {
    if (this.#entity) this.desk.title(entityPlural(this.#entity));
  }

  protected override render() {
    const entity = this.#entity;
    if (!entity) return missingPage();
    const { value, problem } = this.#page;
    const board = this.view.board && !this.view.deleted && this.#boards.length > 0;
    const none = !board && value?.data.length === 0 && this.trail.length === 0;
    const first = none && !isNarrowed(this.view) && !this.view.deleted;
    return html`<div class="page ${board ? 'wide' : ''}">
      <header class="head">
        <div>${this.view.deleted ? html`<a class="back small" href=${this.#base} @click=${this.#leaveDeleted}>${icon('chevron-start')}${entityPlural(entity)}</a>` : nothing}
          <h1 tabindex="-1">${this.view.deleted ? t('deleted.title', { what: inSentence(entityPlural(entity)) }) : entityPlural(entity)}</h1>
          <p class="muted" role="status">${this.#count(board)}</p></div>
        <div class="actions">${this.#more(entity)}${this.#newButton(entity)}</div>
      </header>
      ${first ? nothing : this.#tools(entity, board)}
      ${board ? this.#board(entity) : nothing}
      ${!board && problem ? errorState(problem, () => this.#page.reload()) : nothing}
      ${board ? nothing : none ? this.#none(entity) : value || !problem ? this.#table(entity) : nothing}
      ${this.chosen.size > 0 && !board ? this.#many(entity) : nothing}
    </div>`;
  }

  #count(board: boolean) {
    if (board) return t('board.hint');
    const total = this.#page.value?.page.total;
    if (total === undefined) return html`&nbsp;`;
    return this.view.deleted ? tn('deleted.count', total) : tn('list.count', total);
  }

  readonly #leaveDeleted = (event: Event) => {
    event.preventDefault();
    this.chosen = new Map();
    this.#show({ deleted: false });
  };

  #newButton(entity: EntityJson) {
    return may(entity, 'create') && !this.view.deleted
      ? html`<a class="button primary" href=${`${this.#base}/new`}>${icon('plus')}${t('list.newNamed', { label: inSentence(entity.label) })}</a>`
      : nothing;
  }

  #more(entity: EntityJson) {
    if (this.view.deleted) return nothing;
    const what = inSentence(entityPlural(entity));
    const items = [
      { label: t('csv.export'), icon: 'download', run: () => void this.#export() },
      ...(may(entity, 'create')
        ? [{ label: t('csv.import'), icon: 'upload', run: () => this.desk.navigate(`${this.#base}/import`) }]
        : []),
      ...(entity.softDelete && may(entity, 'delete')
        ? [{ label: t('deleted.title', { what }), icon: 'trash', run: () => this.#show({ deleted: true }) }]
        : []),
    ];
    return menu({ id: 'more', button: icon('more'), label: t('list.more'), class: 'icon-only', atEnd: true, items });
  }

  async #export(): Promise<void> {
    const { at, api, clientId } = this.#bench;
    const { filter, q, sort } = viewQuery(this.#entity!, this.view, this.space!.client.zone);
    try {
      const query = { ...(filter ? { filter } : {}), ...(q ? { q } : {}), ...(sort ? { sort } : {}) };
      saveBlob(await api.data(clientId).exportCsv(at, query), `${at.module}-${at.entity}.csv`);
    } catch (error) {
      this.toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
    }
  }

  #none(entity: EntityJson): TemplateResult {
    const what = inSentence(entityPlural(entity));
    if (isNarrowed(this.view)) {
      return emptyState({
        icon: 'search',
        title: t('list.noMatch', { what }),
        text: t('list.noMatchText'),
        action: html`<button @click=${() => this.#show({ find: '', conditions: [] })}>${t('list.clear')}</button>`,
      });
    }
    if (this.view.deleted)
      return emptyState({ icon: 'trash', title: t('deleted.none', { what }), text: t('deleted.noneText') });
    return emptyState({
      icon: this.#manifest?.icon ?? 'list',
      title: t('list.none', { what }),
      text: may(entity, 'create')
        ? t('list.noneText', { what: inSentence(entity.label) })
        : t('list.noneYet', { what }),
      action: this.#newButton(entity),
    });
  }

  #tools(entity: EntityJson, board: boolean): TemplateResult {
    const label = labelFieldOf(entity);
    const inAll = Object.values(entity.fields).some(field => field.search);
    const words =
      inAll || !label
        ? t('list.find', { what: inSentence(entityPlural(entity)) })
        : t('list.search', { field: fieldLabel(label, entity.fields[label]!).toLocaleLowerCase() });
    return html`<div class="tools">
      ${
        canFind(entity)
          ? html`<div class="search">${icon('search')}<input type="search" .value=${this.view.find} @input=${this.#typed} aria-label=${words} placeholder=${words} /></div>`
          : nothing
      }
      <desk-filters .entity=${entity} .owner=${this.params['module']!} .conditions=${this.view.conditions}
        @change=${(event: Event) => this.#show({ conditions: (event.target as FilterBar).conditions as Condition[] })}></desk-filters>
      <span class="grow"></span>
      ${board ? this.#grouping(entity) : this.#columns(entity)}
      ${this.view.deleted || this.#boards.length === 0 ? nothing : this.#switch(board)}
    </div>`;
  }

  #switch(board: boolean): TemplateResult {
    const one = (on: boolean, label: string, picture: string) =>
      html`<button aria-pressed=${on === board} aria-label=${label} title=${label} @click=${() => this.#show({ board: on })}>${icon(picture)}</button>`;
    return html`<div class="switch" role="group" aria-label=${t('view.label')}>${one(false, t('view.list'), 'list')}${one(true, t('view.board'), 'board')}</div>`;
  }

  #columns(entity: EntityJson): TemplateResult {
    const shown = shownColumns(entity, this.view);
    const all = Object.entries(entity.fields).filter(([, { hidden, kind }]) => !hidden && kind !== 'json');
    const toggle = (name: string) => {
      const next = shown.includes(name) ? shown.filter(other => other !== name) : [...shown, name];
      if (next.length > 0) this.#show({ columns: next.join() === columnsOf(entity).join() ? undefined : next });
    };
    return html`<button class="plain" popovertarget="columns" .style=${'anchor-name:--columns'}>${icon('columns')}<span class="word">${t('columns.label')}</span></button>
      <div popover class="popup at-end" id="columns" .style=${'position-anchor:--columns'} role="group" aria-label=${t('columns.label')}>${all.map(
        ([name, field]) =>
          html`<label class="check"><input type="checkbox" .checked=${shown.includes(name)} @change=${() => toggle(name)} />${fieldLabel(name, field)}</label>`,
      )}</div>`;
  }

  #grouping(entity: EntityJson) {
    if (this.#boards.length < 2) return nothing;
    const by = this.#by;
    return menu({
      id: 'grouping',
      button: html`${icon('columns')}<span class="word">${t('board.byField', { field: inSentence(fieldLabel(by, entity.fields[by]!)) })}</span>`,
      label: `${t('board.by')}: ${fieldLabel(by, entity.fields[by]!)}`,
      class: 'plain',
      atEnd: true,
      items: this.#boards.map(name => ({
        label: fieldLabel(name, entity.fields[name]!),
        checked: name === by,
        run: () => this.#show({ by: name === this.#boards[0] ? undefined : name }),
      })),
    });
  }

  get #by(): string {
    const { by } = this.view;
    return by && this.#boards.includes(by) ? by : this.#boards[0]!;
  }

  #board(entity: EntityJson): TemplateResult {
    const shown = shownColumns(entity, this.view).filter(name => name !== labelFieldOf(entity) && name !== this.#by);
    return html`<desk-board .entity=${entity} .at=${this.#bench.at} .query=${viewQuery(entity, this.view, this.space!.client.zone)}
      .shown=${shown.slice(0, 4)} .by=${this.#by} .base=${this.#base}></desk-board>`;
  }

  #table(entity: EntityJson): TemplateResult {
    const { value, loading } = this.#page;
    const ordered = (event: CustomEvent<string>) => this.#show({ sort: event.detail });
    const choice = (event: Event) => {
      const ids = (event.target as RecordTable).chosen;
      const known = new Map([...this.chosen, ...(value?.data ?? []).map(record => [record.id, record] as const)]);
      this.chosen = new Map([...known].filter(([id]) => ids.has(id)));
    };
    return html`<desk-records .entity=${entity} .owner=${this.params['module']!} .base=${this.#base} .records=${value?.data} .columns=${shownColumns(entity, this.view)}
        .sort=${sortOf(entity, this.view)} ?busy=${loading} ?deleted=${this.view.deleted} ?choosable=${this.#choosable(entity)} .chosen=${new Set(this.chosen.keys())}
        @order=${ordered} @choice=${choice} @step=${(event: CustomEvent<StepRequest>) => void runTransition({ ...this.#bench, ...event.detail })}
        @restore=${(event: CustomEvent<AnyRecord>) => void restoreRecords(this.#bench, [event.detail])}></desk-records>
      ${value ? this.#pager(value) : nothing}`;
  }

  #choosable(entity: EntityJson): boolean {
    return this.view.deleted || may(entity, 'delete') || entity.states !== undefined;
  }

  #many(entity: EntityJson): TemplateResult {
    const records = [...this.chosen.values()];
    const after = (work: Promise<unknown>) => void work.then(() => (this.chosen = new Map()));
    const steps = this.view.deleted ? [] : commonSteps(entity, records);
    return html`<div class="many" role="region" aria-label=${t('many.label')}><strong class="number">${tn('many.chosen', records.length)}</strong>
      ${steps.map(name => html`<button class=${entity.states!.transitions[name]!.danger ? 'danger' : ''} @click=${() => after(stepRecords(this.#bench, records, name))}>${transitionLabel(entity, name)}</button>`)}
      ${this.view.deleted ? html`<button @click=${() => after(restoreRecords(this.#bench, records))}>${icon('history')}${t('deleted.restore')}</button>` : nothing}
      ${!this.view.deleted && may(entity, 'delete') ? html`<button class="danger" @click=${() => after(deleteRecords(this.#bench, this.#manifest!, records))}>${icon('trash')}${t('many.delete')}</button>` : nothing}
      <span class="grow"></span><button class="plain icon-only" aria-label=${t('many.none')} @click=${() => (this.chosen = new Map())}>${icon('close')}</button></div>`;
  }

  #pager({ data, page }: ListEnvelope<AnyRecord>): TemplateResult | typeof nothing {
    if (this.trail.length === 0 && !page.after) return nothing;
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
