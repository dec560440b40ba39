/** Texts by locale, and the choice of one. */

/** BCP 47 tag -> text. */
export type Translated = Readonly<Record<string, string>>;

/** A tag that a text may be kept under: language, then script, region or variant. */
export const localePattern = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** The text of a locale, else of its language, else of the fallback, else the first there is. */
export function textFor(texts: Translated, locale: string, fallback = 'en'): string | undefined {
  const language = locale.split('-')[0]!;
  return texts[locale] ?? texts[language] ?? texts[fallback] ?? Object.values(texts)[0];
}
