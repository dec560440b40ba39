/** Text of the desk by key, with `{placeholders}` and plurals. */
import { en } from './en.ts';

export type StringKey = keyof typeof en;
type Counted = { [K in StringKey]: K extends `${infer Stem}.other` ? Stem : never }[StringKey];

/** Dates and numbers follow the reader's own variant of the language that the desk speaks. */
export const locale: string = navigator.languages.find(language => /^en\b/.test(language)) ?? 'en-GB';

const plurals = new Intl.PluralRules('en');
const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));

export const t = (key: StringKey, values: Readonly<Record<string, string | number>> = {}): string =>
  fill(en[key], values);

const numbers = new Intl.NumberFormat(locale);

/** The singular or plural form for `n`, which the text calls `{n}`. */
export const tn = (key: Counted, n: number, values: Readonly<Record<string, string | number>> = {}): string => {
  const form = `${key}.${plurals.select(n)}` as StringKey;
  return fill(form in en ? en[form] : en[`${key}.other` as StringKey], { n: numbers.format(n), ...values });
};
