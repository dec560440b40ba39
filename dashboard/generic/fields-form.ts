/** Draws a control for each field of a manifest and keeps the values; knows nothing about saving. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldProblem } from '../../schemas/errors/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type FieldJson, type FieldsJson, fieldLabel } from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { simpleControl } from './controls.ts';
import { FilePicker } from './file-picker.ts';
import { isWeekdays, weekdayName } from './format-value.ts';
import { JsonEditor } from './json-editor.ts';
import { addressControl, geoControl, translatedControl } from './place-controls.ts';
import { RefPicker } from './ref-picker.ts';
import { startingValue, type Values } from './validate.ts';
import { zoneSuggestions } from './zone-suggestions.ts';

interface Place {
  readonly name: string;
  readonly pointer: string;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}

/** A module's name as the short word that its files are kept under. */
const purposeOf = (module: string): string => module.slice(0, 40) || 'settings';

/**
 * @tag desk-fields
 * @event change - `values` has changed.
 */
export class FieldsForm extends DeskElement {
  static override uses = {
    'desk-file-picker': FilePicker,
    'desk-json-editor': JsonEditor,
    'desk-ref-picker': RefPicker,
  };
  static override styles = [DeskElement.styles, form];
  static override properties = {
    fields: { attribute: false },
    values: { attribute: false },
    errors: { attribute: false },
    owner: {},
    zone: {},
  };
  declare fields: FieldsJson;
  declare values: Values;
  declare errors: readonly FieldProblem[];
  /** The module whose fields these are. */
  declare owner: string;
  /** Instants are read and shown in this zone. */
  declare zone: string;

  constructor() {
    super();
    this.fields = {};
    this.values = {};
    this.errors = [];
    this.owner = '';
    this.zone = 'UTC';
  }

  /** Moves focus to the first field that is wrong. */
  async focusError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot
      .querySelector<HTMLElement>(
        '[aria-invalid=true], desk-ref-picker[invalid], desk-json-editor[invalid], desk-file-picker[invalid]',
      )
      ?.focus();
  }

  #set(name: string, value: unknown): void {
    this.values = { ...this.values, [name]: value };
    this.errors = this.errors.filter(error => !error.pointer.startsWith(`/${name}`));
    this.dispatchEvent(new Event('change'));
  }

  #errorAt(pointer: string): string | undefined {
    return this.errors.find(error => error.pointer === pointer)?.message;
  }

  #field(field: FieldJson, place: Place, label = fieldLabel(place.name, field)): TemplateResult {
    const id = `f${place.pointer.replaceAll('/', '-')}`;
    const error = this.#errorAt(place.pointer);
    const hint = field.help ?? (field.kind === 'instant' ? t('field.timesIn', { zone: this.zone }) : undefined);
    const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
    const below = html`
      ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}
      ${error ? html`<p class="wrong" id=${`${id}-error`}>${error}</p>` : nothing}`;
    const mark =
      field.required || field.kind === 'bool' ? nothing : html`<span class="optional">${t('field.optional')}</span>`;
    const { value, change } = place;
    if (field.kind === 'bool') {
      return html`<div class="field"><label class="check"><input id=${id} type="checkbox" .checked=${value === true} aria-invalid=${Boolean(error)} aria-describedby=${describedBy ?? nothing}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} /><span>${label}</span></label>${below}</div>`;
    }
    if (field.kind === 'ref') {
      return html`<div class="field"><span class="label">${label}${mark}</span><desk-ref-picker .to=${field.to} .owner=${this.owner} .label=${label} .value=${value as string | null}
        ?optional=${!field.required} ?invalid=${Boolean(error)} @change=${(event: Event) => change((event.target as RefPicker).value)}></desk-ref-picker>${below}</div>`;
    }
    if (field.kind === 'file') {
      return html`<div class="field"><span class="label">${label}${mark}</span><desk-file-picker .label=${label} .value=${value as string | null} .purpose=${purposeOf(this.owner)} .accept=${field.accept}
        .most=${field.maxBytes} ?optional=${!field.required} ?invalid=${Boolean(error)} @change=${(event: Event) => change((event.target as FilePicker).value)}></desk-file-picker>${below}</div>`;
    }
    const part = { id, value, change, errorAt: (member: string) => this.#errorAt(`${place.pointer}/${member}`) };
    const parts =
      field.kind === 'geo'
        ? geoControl(part)
        : field.kind === 'address'
          ? addressControl(part)
          : field.translated
            ? translatedControl(part, field.kind === 'text' && (field.max ?? 0) > 200)
            : undefined;
    if (parts)
      return html`<fieldset class="field" aria-describedby=${describedBy ?? nothing}><legend>${label}${mark}</legend>${parts}${below}</fieldset>`;
    if (field.kind === 'json') {
      return html`<div class="field"><span class="label">${label}${mark}</span><desk-json-editor .label=${label} .value=${value} ?invalid=${Boolean(error)}
        @change=${(event: Event) => change((event.target as JsonEditor).value)}></desk-json-editor>${below}</div>`;
    }
    if (field.kind === 'list')
      return html`<fieldset class="field" aria-describedby=${describedBy ?? nothing}><legend>${label}${mark}</legend>${isWeekdays(place.name, field) ? this.#weekdays(place) : this.#list(field, place, label)}${below}</fieldset>`;
    if (field.kind === 'object')
      return html`<fieldset class="field"><legend>${label}${mark}</legend>${this.#object(field.fields, place)}${below}</fieldset>`;
    return html`<div class="field"><label for=${id}>${label}${mark}</label>${simpleControl({ id, field, value, invalid: Boolean(error), describedBy, zone: this.zone, change })}${below}</div>`;
  }

  #object(fields: FieldsJson, place: Place): TemplateResult {
    const values = (place.value ?? {}) as Values;
    return html`<div class="group">${Object.entries(fields).map(([name, field]) =>
      this.#field(field, {
        name,
        pointer: `${place.pointer}/${name}`,
        value: values[name],
        change: value => place.change({ ...values, [name]: value }),
      }),
    )}</div>`;
  }

  #list(field: FieldJson & { kind: 'list' }, place: Place, label: string): TemplateResult {
    const items = (place.value ?? []) as readonly unknown[];
    const nested = field.of.kind === 'object';
    const full = field.max !== undefined && items.length >= field.max;
    return html`<div class="items ${nested ? '' : 'bare'}">
      ${items.map((value, index) => {
        const change = (next: unknown) => place.change(items.with(index, next));
        const at = { name: place.name, pointer: `${place.pointer}/${index}`, value, change };
        return html`<div class="item"><div>${field.of.kind === 'object' ? this.#object(field.of.fields, at) : this.#bare(field.of, at, `${label} ${index + 1}`)}</div>
          <button type="button" class="plain icon-only" aria-label=${t('field.remove', { label, n: index + 1 })} @click=${() => place.change(items.filter((_, other) => other !== index))}>${icon('close')}</button></div>`;
      })}
      <div><button type="button" ?disabled=${full} @click=${() => place.change([...items, startingValue(field.of) ?? null])}>${icon('plus')}${t('field.add')}</button></div>
    </div>`;
  }

  /** An item of a list: its label is for those who cannot see that it stands in the list. */
  #bare(field: FieldJson, place: Place, label: string): TemplateResult {
    return html`<div class="bare-item">${this.#field({ ...field, required: true, help: undefined }, place, label)}</div>`;
  }

  #weekdays(place: Place): TemplateResult {
    const days = new Set((place.value ?? []) as readonly number[]);
    const toggle = (day: number) =>
      place.change([1, 2, 3, 4, 5, 6, 7].filter(other => (other === day ? !days.has(day) : days.has(other))));
    return html`<div class="days">${[1, 2, 3, 4, 5, 6, 7].map(day => html`<label><input type="checkbox" aria-label=${weekdayName(day, 'long')} .checked=${days.has(day)} @change=${() => toggle(day)} /><span aria-hidden="true">${weekdayName(day)}</span></label>`)}</div>`;
  }

  protected override render() {
    return html`<div class="fields">${Object.entries(this.fields).map(([name, field]) =>
      this.#field(field, {
        name,
        pointer: `/${name}`,
        value: this.values[name],
        change: value => this.#set(name, value),
      }),
    )}</div>${JSON.stringify(this.fields).includes('"kind":"zone"') ? zoneSuggestions() : nothing}`;
  }
}
