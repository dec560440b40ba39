/** Records as cards in the columns of their state, or of any enum; a card moves by pointer, by keys or by its menu. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { menu } from '../../widgets/kit/desk/menu.ts';
import { type AnyRecord, type EntityAddress, type ListQuery, listPath } from '../api/data-client.ts';
import { type EntityJson, fieldLabel, humanise, recordLabel, transitionsFrom } from '../api/manifest-reader.ts';
import { asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText } from '../shell/states.ts';
import { locale, t } from '../strings/translate.ts';
import { type BoardColumn, BoardColumns } from './board-columns.ts';
import { boardStyles } from './board-styles.ts';
import { editableFields } from './editable.ts';
import { formatValue } from './format-value.ts';
import { RefLabels } from './ref-labels.ts';
import { askStepOf, type Bench, dataKey, runTransition, stepTo, transitionLabel } from './run-transition.ts';
import { toneOf } from './tone.ts';

const columnPage = 20;
const number = new Intl.NumberFormat(locale);

/** @tag desk-board */
export class EntityBoard extends DeskElement {
  static override styles = [DeskElement.styles, boardStyles];
  static override properties = {
    entity: { attribute: false },
    at: { attribute: false },
    query: { attribute: false },
    shown: { attribute: false },
    by: {},
    base: {},
    held: { state: true },
    said: { state: true },
  };
  declare entity: EntityJson;
  declare at: EntityAddress;
  /** Filter and order of every column. */
  declare query: ListQuery;
  /** Fields that a card shows below its name. */
  declare shown: readonly string[];
  /** An enum field; a column for each of its values. */
  declare by: string;
  /** Path of the list; a record is one below. */
  declare base: string;
  /** The card that is being dragged. */
  declare held: AnyRecord | null;
  /** What a screen reader is told of the last move. */
  declare said: string;
  readonly #labels = new RefLabels(this, () => ({ api: this.api, space: this.space, owner: this.at.module }));
  readonly #board = new BoardColumns(
    this,
    () => this.api.cache,
    () => this.#values,
    value => this.#source(value),
  );

  constructor() {
    super();
    this.held = null;
    this.said = '';
  }

  get #values(): readonly string[] {
    const field = this.entity?.fields[this.by];
    return field?.kind === 'enum' ? field.values : [];
  }

  #source(value: string) {
    if (!this.space) return null;
    const data = this.api.data(this.space.client.id);
    const narrowed = this.query.filter?.[this.by];
    const filter = { ...this.query.filter, [this.by]: { ...narrowed, eq: value } };
    const query: ListQuery = { ...this.query, filter, size: columnPage, count: true };
    return {
      key: `${dataKey(data.clientId, this.at.module)}board:${listPath(this.at, query)}`,
      read: (after: string | null) => data.list(this.at, { ...query, after }),
    };
  }

  protected override updated(): void {
    const fields = Object.fromEntries(this.shown.map(name => [name, this.entity.fields[name]!]));
    this.#labels.want(
      fields,
      this.#board.columns.flatMap(({ records }) => records),
    );
  }

  get #bySteps(): boolean {
    return this.entity.states?.field === this.by;
  }

  /** Columns that the record may go to. */
  #targets(record: AnyRecord): readonly string[] {
    const from = String(record[this.by]);
    if (this.#bySteps) return this.#values.filter(value => value !== from && stepTo(this.entity, record, value));
    return this.by in editableFields(this.entity, 'update') ? this.#values.filter(value => value !== from) : [];
  }

  get #bench(): Bench {
    const { api, desk, toasts, at, entity } = this;
    return { api, desk, toasts, clientId: this.space!.client.id, at, entity };
  }

  async #move(record: AnyRecord, to: string, step = stepTo(this.entity, record, to)): Promise<void> {
    const from = String(record[this.by]);
    if (from === to || !this.#targets(record).includes(to)) return;
    const bench = this.#bench;
    const { entity } = bench;
    const answer = this.#bySteps ? await askStepOf({ ...bench, record, name: step! }) : {};
    if (!answer) return;
    const moved = { ...record, [this.by]: to };
    this.said = t('board.moved', { name: recordLabel(entity, record), to: humanise(to) });
    const focused = this.#focused;
    const moving = this.#board.move(moved, from, to, async () => {
      if (this.#bySteps) await runTransition({ ...bench, record, name: step!, answer });
      else await this.#set(bench, record, to);
    });
    if (focused) await this.#focus(record.id);
    await moving;
    if (focused) await this.#focus(record.id);
  }

  /** Of an enum that is no state: a plain change, and its way back. */
  async #set(bench: Bench, record: AnyRecord, to: string): Promise<void> {
    const { api, toasts, clientId, at, entity } = bench;
    const from = record[this.by];
    const write = (value: unknown, rev: number) =>
      api.data(clientId).update(at, record.id, { [this.by]: value }, { rev, intent: crypto.randomUUID() });
    const told = (work: Promise<unknown>) =>
      work
        .catch(error => toasts.show({ text: problemText(asProblem(error)), tone: 'error' }))
        .finally(() => api.cache.stale(dataKey(clientId, at.module)));
    await told(
      write(to, record.rev).then(({ rev }) =>
        toasts.show({
          text: t('step.done', { name: recordLabel(entity, record), state: humanise(to) }),
          undo: () => void told(write(from, rev)),
        }),
      ),
    );
  }

  get #focused(): boolean {
    return this.shadowRoot!.activeElement !== null;
  }

  /** The card has gone to another column, and the focus with it. */
  async #focus(id: string): Promise<void> {
    await this.updateComplete;
    if (!this.#focused) this.renderRoot.querySelector<HTMLElement>(`[data-id="${id}"] a`)?.focus();
  }

  readonly #key = (event: KeyboardEvent) => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('.card');
    const column = card?.closest<HTMLElement>('.column');
    if (!card || !column || !event.key.startsWith('Arrow')) return;
    const values = this.#values;
    const at = values.indexOf(column.dataset['value']!);
    const side = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const forward = this.matches(':dir(rtl)') ? -side : side;
    event.preventDefault();
    if (event.altKey && forward !== 0) {
      const record = this.#board.columns[at]!.records.find(({ id }) => id === card.dataset['id'])!;
      const allowed = this.#targets(record);
      const next = forward > 0 ? values.slice(at + 1) : values.slice(0, at).reverse();
      const to = next.find(value => allowed.includes(value));
      if (to) void this.#move(record, to);
      else this.said = t('board.noStep');
      return;
    }
    const columns = [...this.renderRoot.querySelectorAll<HTMLElement>('.column')];
    const cards = (of: HTMLElement) => [...of.querySelectorAll<HTMLElement>('.card')];
    const own = cards(column).indexOf(card);
    if (forward === 0) cards(column)[own + (event.key === 'ArrowDown' ? 1 : -1)]?.querySelector('a')?.focus();
    else {
      const beside = forward > 0 ? columns.slice(at + 1) : columns.slice(0, at).reverse();
      const found = beside.map(cards).find(list => list.length > 0);
      found?.[Math.min(own, found.length - 1)]?.querySelector('a')?.focus();
    }
  };

  protected override render() {
    const allowed = this.held ? this.#targets(this.held) : [];
    return html`<p class="sr" role="status">${this.said}</p>
      <div class="board" @keydown=${this.#key}>${this.#board.columns.map(column => this.#column(column, allowed))}</div>`;
  }

  #column(column: BoardColumn, allowed: readonly string[]): TemplateResult {
    const { value, total, records } = column;
    const label = humanise(value);
    const own = this.held ? String(this.held[this.by]) === value : false;
    const open = allowed.includes(value);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const record = this.held;
      this.held = null;
      if (record) void this.#move(record, value);
    };
    return html`<section class="column ${this.held ? (open ? 'open' : own ? '' : 'shut') : ''}" data-value=${value} aria-label=${label}
      @dragover=${(event: DragEvent) => open && event.preventDefault()} @drop=${drop}>
      <header><h2 class="badge ${this.#bySteps ? toneOf(value) : 'plain-badge'}">${label}</h2><span class="muted number">${total === undefined ? '' : number.format(total)}</span></header>
      ${column.problem ? errorState(column.problem, () => this.#board.retry(value)) : nothing}
      <ul>${
        total === undefined && !column.problem
          ? [0, 1, 2].map(
              () =>
                html`<li class="card waiting" aria-hidden="true"><span class="bone"></span><span class="bone short"></span></li>`,
            )
          : repeat(
              records,
              ({ id }) => id,
              record => this.#card(record),
            )
      }</ul>
      ${total === 0 ? html`<p class="muted small nothing">${t('board.none')}</p>` : nothing}
      ${column.more ? html`<button class="plain" @click=${() => void this.#board.more(value)}>${t('board.more')}</button>` : nothing}
    </section>`;
  }

  #card(record: AnyRecord): TemplateResult {
    const { entity } = this;
    const name = recordLabel(entity, record);
    const zone = this.space?.client.zone ?? 'UTC';
    const context = { zone, labelOf: this.#labels.labelOf };
    const facts = this.shown
      .map(field => [
        fieldLabel(field, entity.fields[field]!),
        formatValue(field, entity.fields[field]!, record[field], context),
      ])
      .filter(([, text]) => text !== '');
    const targets = this.#targets(record);
    const steps = this.#bySteps
      ? transitionsFrom(entity, record).map(([step, { to, danger }]) => ({
          label: transitionLabel(entity, step),
          danger: danger ?? false,
          // A step may leave the card in its column.
          run: () =>
            void (to === record[this.by]
              ? runTransition({ ...this.#bench, record, name: step })
              : this.#move(record, to, step)),
        }))
      : targets.map(to => ({ label: t('board.moveTo', { to: humanise(to) }), run: () => void this.#move(record, to) }));
    return html`<li class="card ${this.held?.id === record.id ? 'held' : ''}" data-id=${record.id} draggable=${targets.length > 0 ? 'true' : 'false'}
      @dragstart=${(event: DragEvent) => {
        event.dataTransfer!.effectAllowed = 'move';
        event.dataTransfer!.setData('text/plain', name);
        this.held = record;
      }} @dragend=${() => (this.held = null)}>
      <div class="top"><a class="name" href=${`${this.base}/${record.id}`} draggable="false" aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight">${name}</a>
        ${steps.length > 0 ? menu({ id: `card-${record.id}`, button: icon('more'), label: t('list.stepsOf', { name }), class: 'plain icon-only', atEnd: true, items: steps }) : nothing}</div>
      ${facts.length > 0 ? html`<p class="facts muted small">${facts.map(([label, text]) => html`<span><span class="sr">${label}: </span>${text}</span>`)}</p>` : nothing}
    </li>`;
  }
}
