/** Records as rows: links, formatted values, order by header, steps of a row, and a choice of several. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { menu } from '../../widgets/kit/desk/menu.ts';
import type { AnyRecord } from '../api/data-client.ts';
import {
  type EntityJson,
  entityPlural,
  type FieldJson,
  fieldLabel,
  recordLabel,
  sortable,
  transitionsFrom,
} from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { skeletonRows } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { formatInstant, formatValue } from './format-value.ts';
import { RefLabels } from './ref-labels.ts';
import { transitionLabel } from './run-transition.ts';
import { tableStyles } from './table-styles.ts';
import { toneOf } from './tone.ts';

/** Detail of the event `step`. */
export interface StepRequest {
  readonly record: AnyRecord;
  readonly name: string;
}

/**
 * @tag desk-records
 * @event order - A header was pressed; the detail is the new order.
 * @event choice - `chosen` has changed.
 * @event step - A step was asked for.
 * @event restore - A deleted record is to come back; the detail is the record.
 */
export class RecordTable extends DeskElement {
  static override styles = [DeskElement.styles, form, table, tableStyles];
  static override properties = {
    entity: { attribute: false },
    owner: {},
    base: {},
    records: { attribute: false },
    columns: { attribute: false },
    sort: {},
    busy: { type: Boolean },
    deleted: { type: Boolean },
    choosable: { type: Boolean },
    chosen: { attribute: false },
  };
  declare entity: EntityJson;
  /** The module of the entity. */
  declare owner: string;
  /** Path of the list; a record is one below. */
  declare base: string;
  /** Undefined while they are on their way. */
  declare records: readonly AnyRecord[] | undefined;
  declare columns: readonly string[];
  declare sort: string;
  declare busy: boolean;
  /** They are deleted: no links, but a way back. */
  declare deleted: boolean;
  declare choosable: boolean;
  /** Ids of the chosen records. */
  declare chosen: ReadonlySet<string>;
  readonly #labels = new RefLabels(this, () => ({ api: this.api, space: this.space, owner: this.owner }));

  constructor() {
    super();
    this.columns = [];
    this.sort = '';
    this.busy = false;
    this.deleted = false;
    this.choosable = false;
    this.chosen = new Set();
  }

  protected override updated(): void {
    const fields = Object.fromEntries(this.columns.map(name => [name, this.entity.fields[name]!]));
    this.#labels.want(fields, this.records ?? []);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #choose(ids: Iterable<string>): void {
    this.chosen = new Set(ids);
    this.dispatchEvent(new Event('choice'));
  }

  protected override render() {
    const { entity, records, columns } = this;
    const steps = !this.deleted && records?.some(record => transitionsFrom(entity, record).length > 0);
    const last = steps || this.deleted;
    const width = columns.length + (this.choosable ? 1 : 0) + (last ? 1 : 0);
    return html`<div class="scroll"><table class="cards" aria-busy=${this.busy} aria-label=${entityPlural(entity)}>
      <thead><tr>${this.choosable ? html`<th scope="col" class="pick">${this.#pickAll()}</th>` : nothing}${columns.map(name => this.#header(name, entity.fields[name]!))}
        ${this.deleted ? html`<th scope="col">${t('deleted.when')}</th>` : nothing}${last ? html`<th scope="col" class="end"><span class="sr">${t('list.steps')}</span></th>` : nothing}</tr></thead>
      ${records ? html`<tbody>${records.map(record => this.#row(record, Boolean(steps)))}</tbody>` : skeletonRows(width)}
    </table></div>`;
  }

  #pickAll(): TemplateResult {
    const ids = this.records?.map(({ id }) => id) ?? [];
    const count = ids.filter(id => this.chosen.has(id)).length;
    return html`<input type="checkbox" aria-label=${t('many.all')} .checked=${count > 0 && count === ids.length} .indeterminate=${count > 0 && count < ids.length}
      @change=${() => this.#choose(count === ids.length ? [] : ids)} />`;
  }

  #header(name: string, field: FieldJson): TemplateResult {
    const label = fieldLabel(name, field);
    const up = this.sort === name;
    const down = this.sort === `-${name}`;
    const kind = numeric(field.kind) ? 'number' : '';
    if (!sortable(field)) return html`<th scope="col" class=${kind}>${label}</th>`;
    return html`<th scope="col" class=${kind} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'}><button @click=${() => this.#tell('order', up ? `-${name}` : name)}>${label}<span class="arrow">${up ? icon('sort-up') : down ? icon('sort-down') : nothing}</span></button></th>`;
  }

  #row(record: AnyRecord, steps: boolean): TemplateResult {
    const href = this.deleted ? undefined : `${this.base}/${record.id}`;
    const open = (event: MouseEvent) => {
      const inside = 'a, button, select, input, label, [popover]';
      if (!href || event.composedPath().some(node => node instanceof HTMLElement && node.matches(inside))) return;
      this.desk.navigate(href);
    };
    const chosen = this.chosen.has(record.id);
    return html`<tr class="${href ? 'open' : ''} ${chosen ? 'chosen' : ''}" @click=${open}>
      ${this.choosable ? html`<td class="pick">${this.#pick(record, chosen)}</td>` : nothing}
      ${this.columns.map((name, index) => this.#cell(name, record, index === 0, href))}
      ${this.deleted ? html`<td class="line" data-label=${t('deleted.when')}>${formatInstant(String(record['deletedAt']), this.space?.client.zone ?? 'UTC')}</td>` : nothing}
      ${steps ? html`<td class="end">${this.#steps(record)}</td>` : nothing}
      ${this.deleted ? html`<td class="end"><button @click=${() => this.#tell('restore', record)}>${icon('history')}${t('deleted.restore')}<span class="sr"> ${recordLabel(this.entity, record)}</span></button></td>` : nothing}
    </tr>`;
  }

  #pick(record: AnyRecord, chosen: boolean): TemplateResult {
    const others = [...this.chosen].filter(id => id !== record.id);
    return html`<label><input type="checkbox" aria-label=${t('many.one', { name: recordLabel(this.entity, record) })} .checked=${chosen}
      @change=${() => this.#choose(chosen ? others : [...others, record.id])} /></label>`;
  }

  #cell(name: string, record: AnyRecord, first: boolean, href: string | undefined): TemplateResult {
    const { entity } = this;
    const field = entity.fields[name]!;
    const zone = this.space?.client.zone ?? 'UTC';
    const text = formatValue(name, field, record[name], { zone, labelOf: this.#labels.labelOf });
    const isState = entity.states?.field === name;
    const shown = isState ? html`<span class="badge ${toneOf(String(record[name]))}">${text}</span>` : text;
    const label = first && !isState && !text ? recordLabel(entity, record) : shown;
    const content = first && href ? html`<a class="name" href=${href}>${label}</a>` : label;
    return html`<td class="${numeric(field.kind) ? 'number' : oneLine.has(field.kind) ? 'line' : ''} ${first ? 'lead' : text ? '' : 'none'}" data-label=${fieldLabel(name, field)}>${content}</td>`;
  }

  #steps(record: AnyRecord): TemplateResult | typeof nothing {
    const steps = transitionsFrom(this.entity, record);
    if (steps.length === 0) return nothing;
    return menu({
      id: `steps-${record.id}`,
      button: icon('more'),
      label: t('list.stepsOf', { name: recordLabel(this.entity, record) }),
      class: 'plain icon-only',
      atEnd: true,
      items: steps.map(([name, { danger }]) => ({
        label: transitionLabel(this.entity, name),
        danger: danger ?? false,
        run: () => this.#tell('step', { record, name } satisfies StepRequest),
      })),
    });
  }
}

const numeric = (kind: FieldJson['kind']): boolean => kind === 'int' || kind === 'decimal' || kind === 'money';

const oneLine = new Set<FieldJson['kind']>([
  'instant',
  'date',
  'localTime',
  'duration',
  'enum',
  'bool',
  'money',
  'decimal',
]);
