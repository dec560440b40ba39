/** Texts by locale, and the choice of one. */

/** BCP 47 tag -> text. */
export type Translated = Readonly<Record<string, string>>;

/** A tag that a text may be kept under: language, then script, region or variant. */
export const localePattern = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** Which of `known` fits a wanted tag: the tag itself, else without its last parts (RFC 4647 section 3.4, lookup). */
export function lookUpLocale(wanted: string, known: (tag: string) => boolean): string | undefined {
  for (let tag = wanted; tag; tag = tag.slice(0, Math.max(tag.lastIndexOf('-'), 0))) if (known(tag)) return tag;
  return undefined;
}

/** The text of the first of `locales` that there is one for, else the first there is. */
export function textFor(texts: Translated, locales: readonly string[]): string | undefined {
  for (const locale of locales) {
    const found = lookUpLocale(locale, tag => Object.hasOwn(texts, tag));
    if (found) return texts[found];
  }
  return Object.values(texts)[0];
}
