/** A record as a visitor reads it: each field as text in the visitor's language. */
import type { Address, FieldJson, GenericWidgetJson, ImageRecipe } from '../../schemas/module/index.ts';
import { formatMoney, type Money } from '../../schemas/money/index.ts';
import type { ShownPart, ShownRecord } from '../../schemas/protocol/index.ts';
import { durationText, toLocal } from '../../schemas/time/index.ts';
import { plainText, readRichText } from './rich-text.ts';
import type { Wording } from './wording.ts';

export interface Showing {
  readonly widget: GenericWidgetJson;
  readonly wording: Wording;
  /** IANA zone that instants are read in. */
  readonly zone: string;
  field(name: string): FieldJson;
  /** Address of a public file, or of a smaller picture of it. */
  fileUrl(id: string, recipe: ImageRecipe | undefined): string;
}

/** `values` are those of the API. Fields without a value are left out; `whole` shows the record's detail. */
export function shownRecord(showing: Showing, values: Readonly<Record<string, unknown>>, whole: boolean): ShownRecord {
  const { widget, wording } = showing;
  const [first, ...rest] = widget.fields as [string, ...string[]];
  const names = whole && widget.detail ? widget.detail.filter(name => name !== first) : rest;
  const part = (name: string): ShownPart | undefined => {
    const value = values[name];
    if (value === null || value === undefined || value === '') return undefined;
    return { name, label: wording.label(name), ...shownValue(showing, name, value, whole) };
  };
  const title = part(first);
  const image = imageOf(showing, values);
  const days = daysOf(showing, values);
  return {
    id: values['id'] as string,
    title: title?.rich ? plainText(values[first] as string) : (title?.text ?? ''),
    ...(image ? { image } : {}),
    parts: names.flatMap(name => part(name) ?? []),
    ...days,
  };
}

type Shown = Omit<ShownPart, 'name' | 'label'>;

function shownValue({ field, wording, zone }: Showing, name: string, value: unknown, whole: boolean): Shown {
  const node = field(name);
  const { locale, kit } = wording;
  switch (node.kind) {
    case 'text':
      return { text: value as string, ...linked(node.format, value as string) };
    case 'richText':
      return whole
        ? { text: value as string, rich: readRichText(value as string) }
        : { text: plainText(value as string) };
    case 'int':
      return { text: new Intl.NumberFormat(locale).format(value as number) };
    case 'decimal':
      return { text: decimalText(locale, value as string) };
    case 'money':
      return { text: formatMoney(value as Money, locale) };
    case 'bool':
      return { text: kit[value ? 'kit.yes' : 'kit.no'] };
    case 'enum':
      return { text: wording.value(name, value as string) };
    case 'date':
      return { text: dateText(locale, 'UTC', value as string, { dateStyle: 'long' }), time: value as string };
    case 'instant':
      return {
        text: dateText(locale, zone, value as string, { dateStyle: 'long', timeStyle: 'short' }),
        time: value as string,
      };
    case 'duration':
      return { text: durationText(locale, value as number) };
    case 'address':
      return { text: addressText(locale, value as Address) };
    default:
      return { text: String(value) };
  }
}

const linked = (format: string | undefined, text: string): { href?: string } => {
  if (format === 'email') return { href: `mailto:${text}` };
  if (format === 'phone') return { href: `tel:${text}` };
  return format === 'url' ? { href: text } : {};
};

const decimalText = (locale: string, text: string): string => {
  const digits = text.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits }).format(Number(text));
};

const dateText = (locale: string, timeZone: string, value: string, style: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { timeZone, ...style }).format(Date.parse(value));

const addressText = (locale: string, { line1, line2, postalCode, city, region, country }: Address): string => {
  const place = [postalCode, city].filter(Boolean).join(' ');
  const land = new Intl.DisplayNames(locale, { type: 'region' }).of(country);
  return [line1, line2, place, region, land].filter(Boolean).join(', ');
};

function imageOf({ widget, field, fileUrl }: Showing, values: Readonly<Record<string, unknown>>): string | undefined {
  const id = widget.image === undefined ? undefined : values[widget.image];
  const node = widget.image === undefined ? undefined : field(widget.image);
  if (typeof id !== 'string' || node?.kind !== 'file') return undefined;
  return fileUrl(id, Object.values(node.variants ?? {})[0]);
}

/** Days of a calendar on which the record is; an end at midnight is not a day of its own. */
function daysOf(
  { widget, field, zone, wording }: Showing,
  values: Readonly<Record<string, unknown>>,
): Pick<ShownRecord, 'days' | 'at'> {
  if (widget.kind !== 'calendar' || !widget.start) return {};
  const start = values[widget.start] as string | null;
  if (!start) return {};
  const end = (widget.end && (values[widget.end] as string | null)) || start;
  if (field(widget.start).kind === 'date') return { days: [start, end] };
  const last = Math.max(Date.parse(start), Date.parse(end) - 1);
  return {
    days: [toLocal(Date.parse(start), zone).date, toLocal(last, zone).date],
    at: dateText(wording.locale, zone, start, { timeStyle: 'short' }),
  };
}
