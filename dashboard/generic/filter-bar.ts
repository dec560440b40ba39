/** The filters of a list: one chip for each condition, and a menu that adds one for any field. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { menu } from '../../widgets/kit/desk/menu.ts';
import { type EntityJson, type FieldJson, fieldLabel, humanise } from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { type Condition, type ConditionOp, needsValue, operatorLabel, operatorsOf } from './conditions.ts';
import { filterStyles } from './filter-styles.ts';
import { RefPicker } from './ref-picker.ts';

/**
 * @tag desk-filters
 * @event change - `conditions` has changed.
 */
export class FilterBar extends DeskElement {
  static override uses = { 'desk-ref-picker': RefPicker };
  static override styles = [DeskElement.styles, form, filterStyles];
  static override properties = { entity: { attribute: false }, owner: {}, conditions: { attribute: false } };
  declare entity: EntityJson;
  /** The module of the entity. */
  declare owner: string;
  declare conditions: readonly Condition[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.owner = '';
    this.conditions = [];
  }

  #change(conditions: readonly Condition[]): void {
    this.conditions = conditions;
    this.dispatchEvent(new Event('change'));
  }

  #set(index: number, change: Partial<Condition>): void {
    this.#change(this.conditions.with(index, { ...this.conditions[index]!, ...change }));
  }

  #add(name: string, field: FieldJson): void {
    const [op] = operatorsOf(field) as [ConditionOp];
    this.#change([...this.conditions, { field: name, op, value: field.kind === 'bool' ? 'true' : '' }]);
    void this.updateComplete.then(() => this.#focusLast());
  }

  #focusLast(): void {
    const chip = [...this.renderRoot.querySelectorAll('.chip')].at(-1);
    chip?.querySelector<HTMLElement>('.value input, .value select, .value button, desk-ref-picker')?.focus();
  }

  #remove(index: number): void {
    this.#change(this.conditions.filter((_, other) => other !== index));
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.add')?.focus());
  }

  protected override render() {
    const fields = Object.entries(this.entity.fields).filter(([, field]) => operatorsOf(field).length > 0);
    if (fields.length === 0) return nothing;
    const items = fields.map(([name, field]) => ({
      label: fieldLabel(name, field),
      run: () => this.#add(name, field),
    }));
    return html`${menu({ id: 'add', button: html`${icon('filter')}${t('filter.add')}`, label: t('filter.add'), class: 'add', items })}
      ${this.conditions.length > 0 ? html`<div class="chips">${this.conditions.map((condition, index) => this.#chip(condition, index))}</div>` : nothing}`;
  }

  #chip(condition: Condition, index: number): TemplateResult | typeof nothing {
    const field = this.entity.fields[condition.field];
    if (!field) return nothing;
    const label = fieldLabel(condition.field, field);
    const operators = operatorsOf(field);
    return html`<div class="chip" role="group" aria-label=${label}><span class="label">${label}</span>
      ${
        operators.length > 1
          ? html`<select class="op" aria-label=${t('filter.how', { label })} @change=${(event: Event) => this.#set(index, { op: (event.target as HTMLSelectElement).value as ConditionOp })}>
        ${operators.map(op => html`<option value=${op} ?selected=${op === condition.op}>${t(operatorLabel(field, op))}</option>`)}</select>`
          : nothing
      }
      ${needsValue(condition.op) ? html`<span class="value">${this.#value(field, condition, index, label)}</span>` : nothing}
      <button class="plain icon-only" aria-label=${t('filter.remove', { label })} @click=${() => this.#remove(index)}>${icon('close')}</button></div>`;
  }

  #value(field: FieldJson, { value, op }: Condition, index: number, label: string): TemplateResult {
    const set = (next: string) => this.#set(index, { value: next });
    if (field.kind === 'bool')
      return html`<select aria-label=${label} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
        <option value="true" ?selected=${value === 'true'}>${t('yes')}</option><option value="false" ?selected=${value === 'false'}>${t('no')}</option></select>`;
    if (field.kind === 'enum' && (op === 'in' || op === 'nin')) return this.#choices(field.values, value, index, label);
    if (field.kind === 'ref')
      return html`<desk-ref-picker bare .to=${field.to} .owner=${this.owner} .label=${label} .value=${value || null}
        @change=${(event: Event) => set((event.target as RefPicker).value ?? '')}></desk-ref-picker>`;
    const type =
      field.kind === 'date' || field.kind === 'instant'
        ? 'date'
        : field.kind === 'localTime'
          ? 'time'
          : field.kind === 'int' || field.kind === 'duration'
            ? 'number'
            : 'text';
    return html`<input type=${type} aria-label=${label} .value=${value} @input=${(event: Event) => {
      const next = (event.target as HTMLInputElement).value;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => set(next), 220);
    }} />`;
  }

  #choices(values: readonly string[], value: string, index: number, label: string): TemplateResult {
    const chosen = new Set(value.split(',').filter(Boolean));
    const toggle = (one: string) =>
      this.#set(index, {
        value: values.filter(other => (other === one ? !chosen.has(other) : chosen.has(other))).join(),
      });
    const id = `choices-${index}`;
    const words = [...chosen].map(humanise).join(', ');
    return html`<button class="plain choice" popovertarget=${id} aria-label=${`${label}: ${words || t('filter.any')}`} .style=${`anchor-name:--${id}`}>${words || t('filter.any')}${icon('chevron-down')}</button>
      <div popover class="popup" id=${id} .style=${`position-anchor:--${id}`}>${values.map(
        one =>
          html`<label class="check"><input type="checkbox" .checked=${chosen.has(one)} @change=${() => toggle(one)} />${humanise(one)}</label>`,
      )}</div>`;
  }
}
