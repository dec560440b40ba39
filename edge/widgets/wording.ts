/** Labels and texts of one widget in one language: its own texts, then its module's strings, then the manifest's labels. */
import { type FieldsJson, type GenericWidgetJson, textFor, widgetTexts } from '../../schemas/module/index.ts';
import type { WidgetWords } from '../../schemas/protocol/index.ts';
import { type KitWords, wordsIn } from './words.ts';

export interface Wording {
  /** BCP 47 tag that numbers and dates are written in. */
  readonly locale: string;
  readonly kit: KitWords;
  /** The widget's own words: title, intro, send and so on, those that it has. */
  readonly words: WidgetWords;
  label(field: string): string;
  value(field: string, value: string): string;
}

export interface WordingSource {
  readonly name: string;
  readonly widget: GenericWidgetJson;
  readonly fields: FieldsJson;
  readonly locale: string;
  /** The module's strings in that language; `entry.name` is the label of a field of the entity `entry`. */
  readonly strings: Readonly<Record<string, string>>;
}

export function wordingOf({ name, widget, fields, locale, strings }: WordingSource): Wording {
  const own = (key: string): string | undefined => {
    const texts = Object.entries(widget.texts ?? {}).flatMap(([tag, words]) => (words[key] ? [[tag, words[key]]] : []));
    const given = Object.fromEntries(texts.filter(([tag]) => speaks(locale, tag!)));
    return textFor(given, [locale]);
  };
  const subject = widget.entity ?? widget.action;
  const labelled = (field: string) =>
    own(field) ?? strings[`${subject}.${field}`] ?? fields[field]?.label ?? humanise(field);
  const words = widgetTexts.flatMap(key => {
    const text = own(key) ?? strings[`${name}.${key}`] ?? (key === 'title' ? widget.label : undefined);
    return text === undefined ? [] : [[key, text]];
  });
  return {
    locale,
    kit: wordsIn(locale),
    words: Object.fromEntries(words),
    label: labelled,
    value: (field, value) => own(`${field}.${value}`) ?? strings[`${subject}.${field}.${value}`] ?? humanise(value),
  };
}

/** A text in another language is no better than the manifest's own label. */
const speaks = (locale: string, tag: string): boolean => locale === tag || locale.startsWith(`${tag}-`);

/** `minNotice` -> `Min notice`. */
function humanise(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
