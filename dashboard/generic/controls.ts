/** One native control per simple field kind. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { minorDigits } from '../../schemas/money/minor-digits.ts';
import { minutes } from '../../widgets/kit/amounts.ts';
import { type FieldJson, humanise } from '../api/manifest-reader.ts';
import { locale, t } from '../strings/translate.ts';
import { Unreadable } from './unreadable.ts';
import { fromWallClock, toWallClock } from './zoned.ts';

export interface Control {
  readonly id: string;
  readonly field: FieldJson;
  readonly value: unknown;
  readonly invalid: boolean;
  /** Ids of hint and error. */
  readonly describedBy: string | undefined;
  readonly zone: string;
  readonly change: (value: unknown) => void;
}

const typed = (event: Event): string => (event.target as HTMLInputElement).value;
const inputTypes = { email: 'email', phone: 'tel', url: 'url', slug: 'text', colour: 'text' } as const;

const shown = (value: unknown): string =>
  value instanceof Unreadable ? value.text : value === null || value === undefined ? '' : String(value);

const orNull = (text: string): string | null => (text === '' ? null : text);

interface InputOptions {
  readonly type: string;
  readonly class?: string;
  readonly read?: (text: string) => unknown;
  readonly shown?: string;
  readonly mode?: string;
  readonly list?: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly suffixId?: string;
}

const input = (control: Control, options: InputOptions): TemplateResult => html`<input
  id=${control.id} type=${options.type} class=${options.class ?? ''} inputmode=${options.mode ?? nothing} list=${options.list ?? nothing}
  min=${options.min ?? nothing} max=${options.max ?? nothing} autocomplete="off" ?required=${control.field.required && control.field.kind !== 'text'}
  aria-invalid=${control.invalid} aria-describedby=${control.describedBy ?? nothing}
  .value=${live(options.shown ?? shown(control.value))}
  @input=${(event: Event) => control.change((options.read ?? orNull)(typed(event)))} />`;

const wholeNumber = (text: string): unknown => {
  if (text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : new Unreadable(text);
};

const decimalText = (text: string): unknown => {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return null;
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : new Unreadable(text);
};

const currencies = ['EUR', 'CZK', 'USD', 'GBP', 'CHF', 'PLN', 'SEK', 'NOK', 'DKK', 'HUF', 'RON', 'CAD', 'AUD', 'JPY'];

interface PartialMoney {
  readonly amount: number | Unreadable;
  readonly currency: string;
}

const moneyControl = (control: Control): TemplateResult => {
  const value = control.value as PartialMoney | Unreadable | null | undefined;
  const kept = value instanceof Unreadable || !value ? null : value;
  let currency = kept?.currency ?? 'EUR';
  const text =
    value instanceof Unreadable
      ? value.text
      : kept
        ? (Number(kept.amount) / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))
        : '';
  const read = (amountText: string) => {
    const plain = decimalText(amountText);
    if (plain === null || plain instanceof Unreadable) return control.change(plain);
    control.change({ amount: Math.round(Number(plain) * 10 ** minorDigits(currency)), currency });
  };
  return html`<div class="pair medium">
    <input id=${control.id} type="text" inputmode="decimal" autocomplete="off" aria-invalid=${control.invalid} aria-describedby=${control.describedBy ?? nothing}
      .value=${text} @change=${(event: Event) => read(typed(event))} />
    <select class="tiny" aria-label=${t('field.currency')} @change=${(event: Event) => {
      currency = typed(event);
      if (kept) read(text);
    }}>${[...new Set([currency, ...currencies])].map(code => html`<option ?selected=${code === currency}>${code}</option>`)}</select>
  </div>`;
};

const instantControl = (control: Control): TemplateResult =>
  input(control, {
    type: 'datetime-local',
    class: 'medium',
    shown: typeof control.value === 'string' ? toWallClock(control.value, control.zone) : '',
    read: text => (text === '' ? null : fromWallClock(text, control.zone)),
  });

const enumControl = (
  control: Control,
  values: readonly string[],
): TemplateResult => html`<select id=${control.id} class="medium"
  aria-invalid=${control.invalid} aria-describedby=${control.describedBy ?? nothing} @change=${(event: Event) => control.change(orNull(typed(event)))}>
  ${control.field.required && control.value ? nothing : html`<option value="" ?selected=${!control.value}>${control.field.required ? t('field.choose') : t('field.none')}</option>`}
  ${values.map(value => html`<option value=${value} ?selected=${value === control.value}>${humanise(value)}</option>`)}
</select>`;

const textControl = (control: Control, max: number | undefined, format?: keyof typeof inputTypes): TemplateResult => {
  if (!format && (max === undefined ? control.field.kind === 'richText' : max > 200)) {
    return html`<textarea id=${control.id} aria-invalid=${control.invalid} aria-describedby=${control.describedBy ?? nothing}
      .value=${live(shown(control.value))} @input=${(event: Event) => control.change(readText(control, typed(event)))}></textarea>`;
  }
  const box = input(control, {
    type: format ? inputTypes[format] : 'text',
    class: max !== undefined && max <= 60 ? 'medium' : '',
    read: text => readText(control, text),
  });
  if (format !== 'colour') return box;
  return html`<div class="row medium"><input type="color" aria-label=${t('field.pickColour')} .value=${/^#[0-9a-f]{6}$/i.test(shown(control.value)) ? shown(control.value) : '#808080'}
    @input=${(event: Event) => control.change(typed(event))} /><div class="grow">${box}</div></div>`;
};

// An optional text that was emptied is no value; a required one is the empty text, which the server judges.
const readText = (control: Control, text: string): string | null => (control.field.required ? text : orNull(text));

const durationControl = (control: Control, min?: number, max?: number): TemplateResult => {
  const words = typeof control.value === 'number' && control.value >= 60 ? minutes(locale, control.value) : '';
  return html`<div class="row"><div class="short">${input(control, { type: 'number', read: wholeNumber, min, max })}</div>
    <span class="muted">${t('field.minutes')}${words ? ` · ${words}` : ''}</span></div>`;
};

/** The control of a simple kind, or null where the kind holds other fields. */
export const simpleControl = (control: Control): TemplateResult | null => {
  const { field } = control;
  switch (field.kind) {
    case 'text':
      return textControl(control, field.max, field.format);
    case 'richText':
      return textControl(control, field.max);
    case 'int':
      return input(control, { type: 'number', class: 'short', read: wholeNumber, min: field.min, max: field.max });
    case 'decimal':
      return input(control, { type: 'text', mode: 'decimal', class: 'short', read: decimalText });
    case 'money':
      return moneyControl(control);
    case 'date':
      return input(control, { type: 'date', class: 'short' });
    case 'localTime':
      return input(control, { type: 'time', class: 'short', read: text => orNull(text.slice(0, 5)) });
    case 'instant':
      return instantControl(control);
    case 'duration':
      return durationControl(control, field.min, field.max);
    case 'zone':
      return input(control, { type: 'text', class: 'medium', list: 'zones' });
    case 'enum':
      return enumControl(control, field.values);
    default:
      return null;
  }
};
