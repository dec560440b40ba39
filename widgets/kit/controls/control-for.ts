/** Which control a field of a manifest asks for, and what the control is told of the field's limits. */
import type { FieldJson } from '../../../schemas/module/field.ts';
import type { FormPart } from '../../../schemas/module/generic-widget.ts';
import { part } from '../part.ts';
import type { Choice } from './choices.ts';
import { wordsIn } from './control-words.ts';
import { dateWords } from './date-words.ts';
import type { FieldFault } from './faults.ts';
import { textWords } from './text-words.ts';

export interface FieldControl {
  readonly tag: `inlaykit-${string}`;
  /** Defines the tag; it may be on the page before. */
  load(): Promise<unknown>;
  /** Properties of the control. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface ControlOptions {
  /** The field's name, for its label where the field has none. */
  readonly name: string;
  /** Words of a value of an enum; the value itself without. */
  label?(value: string): string;
  /** ISO 4217 of a new amount. */
  readonly currency?: string;
  /** In place of the control that is usual for its kind. */
  readonly part?: FormPart | undefined;
  /** `module.action.input`, for files. */
  readonly for?: string;
}

/** Up to so many choices stand open. */
const FEW = 5;
/** Text that may be longer than this is written on several lines. */
const LINE = 200;

const loaders = {
  address: () => part(() => import('./inlaykit-address.ts')),
  choice: () => part(() => import('./inlaykit-choice.ts')),
  date: () => part(() => import('./inlaykit-date.ts')),
  'date-time': () => part(() => import('./inlaykit-date-time.ts')),
  file: () => part(() => import('./inlaykit-file.ts')),
  money: () => part(() => import('./inlaykit-money.ts')),
  rating: () => part(() => import('./inlaykit-rating.ts')),
  signature: () => part(() => import('./inlaykit-signature.ts')),
  number: () => part(() => import('./inlaykit-number.ts')),
  phone: () => part(() => import('./inlaykit-phone.ts')),
  select: () => part(() => import('./inlaykit-select.ts')),
  switch: () => part(() => import('./inlaykit-switch.ts')),
  text: () => part(() => import('./inlaykit-text.ts')),
  time: () => part(() => import('./inlaykit-time.ts')),
} as const;

type Kind = keyof typeof loaders;

/** `postalCode` as "Postal code". */
const humanise = (name: string): string => {
  const words = name.replaceAll(/[_-]+|(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

const textControl = (field: Extract<FieldJson, { kind: 'text' }>): readonly [Kind, object] => {
  const { min, max, format } = field;
  if (format === 'phone') return ['phone', {}];
  const long = !format && (max ?? 0) > LINE;
  return ['text', { type: format ?? (long ? 'multiline' : 'text'), minLength: min, maxLength: max, counter: long }];
};

const fileControl = (
  field: Extract<FieldJson, { kind: 'file' }>,
  { for: input }: ControlOptions,
): readonly [Kind, object] => {
  const { accept, maxBytes } = field.visitors ?? field;
  return ['file', { accept: accept?.join(','), maxBytes, for: input }];
};

const choicesOf = (values: readonly string[], { label = humanise }: ControlOptions): readonly Choice[] =>
  values.map(value => ({ value, label: label(value) }));

const kindOf = (field: FieldJson, options: ControlOptions): readonly [Kind, object] | undefined => {
  if (options.part === 'rating') return ['rating', { max: (field as { max?: number }).max }];
  if (options.part) return [options.part, {}];
  switch (field.kind) {
    case 'text':
      return textControl(field);
    case 'richText':
      return ['text', { type: 'multiline', maxLength: field.max }];
    case 'int':
    case 'duration':
      return ['number', { min: field.min, max: field.max }];
    case 'decimal':
      return ['number', { scale: field.scale }];
    case 'money':
      return ['money', { currency: options.currency }];
    case 'bool':
      return ['switch', {}];
    case 'date':
      return ['date', {}];
    case 'instant':
      return ['date-time', {}];
    case 'localTime':
      return ['time', {}];
    case 'zone':
      return [
        'select',
        { options: Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value.replaceAll('_', ' ') })) },
      ];
    case 'enum':
      return [field.values.length > FEW ? 'select' : 'choice', { options: choicesOf(field.values, options) }];
    case 'address':
      return ['address', {}];
    case 'file':
      return fileControl(field, options);
    case 'list': {
      const { of, max } = field;
      if (of.kind === 'enum') return ['choice', { options: choicesOf(of.values, options), multiple: true, max }];
      return of.kind === 'file' ? ['file', { ...fileControl(of, options)[1], multiple: true, max }] : undefined;
    }
    default:
      return undefined;
  }
};

/** Undefined for what needs a screen of its own (`ref`, `object`, `json`, `geo`, other lists) or is never entered. */
export const controlFor = (field: FieldJson, options: ControlOptions): FieldControl | undefined => {
  const found = field.readOnly || field.hidden ? undefined : kindOf(field, options);
  if (!found) return undefined;
  const [kind, own] = found;
  // A switch that stands off is an answer.
  const required = field.required && field.default === undefined && kind !== 'switch';
  const properties = { label: field.label ?? humanise(options.name), hint: field.help, required, ...own };
  return { tag: `inlaykit-${kind}`, load: loaders[kind], properties };
};

/** What is wrong with a field, in the language of the controls; `arrived` is called when its words have come. */
export const explainIn = (locale: string, arrived: () => void = () => {}) => {
  const own = { ...textWords, ...dateWords };
  return ({ code, limit = '' }: FieldFault): string => {
    const t = wordsIn(locale, own, arrived);
    const key = `fault.${code}`;
    const said = t(key, { limit });
    // What no visitor can bring about in a control of its kind has no sentence of its own.
    return said === key ? t('fault.type') : said;
  };
};
