/** In which of the languages that there are words for a reader is written to. */

const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

/** The language for a reader's locale (BCP 47), English where there is no better, and the locale that writes dates in it. */
export const languageFor = <L extends string>(
  words: Readonly<Record<L | 'en', unknown>>,
  asked: string,
): { language: L | 'en'; locale: string } => {
  const locale = canonical(asked) ?? 'en';
  const [language = 'en'] = locale.split('-');
  return Object.hasOwn(words, language) ? { language: language as L, locale } : { language: 'en', locale: 'en' };
};
