/** Names of countries in a language. */

const known = new Map<string, readonly (readonly [code: string, name: string])[]>();

/** Code and name of each (ISO 3166-1), in the order of the language; sorted once, since that takes milliseconds. */
export const countryNames = (
  locale: string,
  codes: Iterable<string>,
): readonly (readonly [code: string, name: string])[] => {
  const all = [...codes];
  const key = `${locale} ${all.length}`;
  let names = known.get(key);
  if (!names) {
    const display = new Intl.DisplayNames(locale, { type: 'region' });
    const { compare } = new Intl.Collator(locale);
    names = all.map(code => [code, display.of(code) ?? code] as const).sort(([, a], [, b]) => compare(a, b));
    known.set(key, names);
  }
  return names;
};
