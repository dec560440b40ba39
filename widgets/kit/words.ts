/** The words of a widget: the server's strings, with `{name}` placeholders and plurals by `Intl.PluralRules`. */

/** Looks a key up; with `n` and no such key, `key.one`, `key.few` and so on by the locale's plural rules. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Makes the lookup for a locale. An unknown key comes back as itself, so that nothing shows empty. */
export const createWords =
  (locale: string, strings: Readonly<Record<string, string>>): Words =>
  (key, values = {}) =>
    (
      strings[key] ??
      strings[`${key}.${new Intl.PluralRules(locale).select(+values['n']!)}`] ??
      strings[`${key}.other`] ??
      key
    ).replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
