/** Which of the languages that there are fits best what a page or a site asks for (RFC 4647 section 3.4, lookup). */

/** `tag` keeps the region for dates and numbers, `strings` is the language the texts are in. */
export interface ChosenLocale {
  readonly tag: string;
  readonly strings: string;
}

/** `wanted` in order of preference; `offered` the languages of each module. English is always understood. */
export function chooseLocale(
  wanted: readonly (string | undefined)[],
  offered: readonly (readonly string[])[],
): ChosenLocale {
  for (const candidate of wanted) {
    const tag = canonicalLocale(candidate);
    if (!tag) continue;
    const parts = tag.split('-');
    for (let length = parts.length; length > 0; length--) {
      const range = parts.slice(0, length).join('-');
      if (offered.every(languages => languages.includes(range))) return { tag, strings: range };
    }
  }
  return { tag: 'en', strings: 'en' };
}

/** The tag in its canonical form without extensions; undefined for what is none (BCP 47). */
export function canonicalLocale(tag: string | undefined): string | undefined {
  try {
    return tag ? new Intl.Locale(tag.slice(0, 35)).baseName : undefined;
  } catch {
    return undefined;
  }
}
