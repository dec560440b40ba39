/** A field's value in words, for tables and read-only text. */
import type { Address } from '../../schemas/module/field.ts';
import { type Translated, textFor } from '../../schemas/module/translated.ts';
import { minutes, money } from '../../widgets/kit/amounts.ts';
import { type FieldJson, humanise } from '../api/manifest-reader.ts';
import { locale, t, tn } from '../strings/translate.ts';
import { countryName } from './place-controls.ts';

export interface ValueContext {
  readonly zone: string;
  /** The label of a referenced record, once it is known. */
  readonly labelOf: (to: string, id: string) => string | undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const dates = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
};

/** Day and time in a zone; the year only when it is not this one. */
export const formatInstant = (instant: string | number, zone: string): string => {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  const year = date.getUTCFullYear() === new Date().getUTCFullYear() ? undefined : 'numeric';
  return dates(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year,
    hour: '2-digit',
    minute: '2-digit',
  }).format(date);
};

export const formatDate = (date: string): string =>
  dates('UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(`${date}T00:00Z`));

const number = new Intl.NumberFormat(locale);

/** Weekdays by ISO number, in the reader's language. 2024-01-01 was a Monday. */
export const weekdayName = (iso: number, style: 'short' | 'long' = 'short'): string =>
  dates('UTC', { weekday: style }).format(new Date(Date.UTC(2024, 0, iso)));

/** A list of ISO weekdays: whole numbers from 1 to 7 in a field named after days. */
export const isWeekdays = (name: string, field: FieldJson): boolean =>
  field.kind === 'list' && /days$/i.test(name) && field.of.kind === 'int' && field.of.min === 1 && field.of.max === 7;

/** Empty text for an absent value. */
export const formatValue = (name: string, field: FieldJson, value: unknown, context: ValueContext): string => {
  if (value === null || value === undefined || value === '') return '';
  switch (field.kind) {
    case 'bool':
      return value ? t('yes') : t('no');
    case 'int':
      return number.format(value as number);
    case 'decimal':
      return number.format(value as unknown as number);
    case 'money':
      return money(locale, value as { amount: number; currency: string });
    case 'duration':
      return minutes(locale, value as number) || t('none');
    case 'date':
      return formatDate(value as string);
    case 'instant':
      return formatInstant(value as string, context.zone);
    case 'enum':
      return humanise(value as string);
    case 'ref':
      return context.labelOf(field.to, value as string) ?? '…';
    case 'list': {
      const items = value as readonly unknown[];
      if (isWeekdays(name, field)) return items.map(day => weekdayName(day as number)).join(', ');
      if (field.of.kind === 'object' || field.of.kind === 'json') return tn('items', items.length);
      const shown = items.slice(0, 4).map(item => formatValue(name, field.of, item, context));
      return items.length > 4 ? `${shown.join(', ')} ${t('andMore', { n: items.length - 4 })}` : shown.join(', ');
    }
    case 'object':
      return Object.entries(field.fields)
        .map(([key, child]) => formatValue(key, child, (value as Record<string, unknown>)[key], context))
        .filter(Boolean)
        .join(', ');
    case 'json':
      return JSON.stringify(value);
    case 'geo': {
      const { lat, lng } = value as { lat: number; lng: number };
      return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
    }
    case 'address': {
      const { line1, line2, postalCode, city, region, country } = value as Address;
      const town = [postalCode, city].filter(Boolean).join(' ');
      return [line1, line2, town, region, countryName(country)].filter(Boolean).join(', ');
    }
    case 'file':
      return t('file.attached');
    default:
      return typeof value === 'object' ? (textFor(value as Translated, [locale, 'en']) ?? '') : String(value);
  }
};
