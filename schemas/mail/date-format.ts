/** Formats of dates and times, kept. */

/** Making one costs many times what using it does; readers' locales and zones are few. */
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 500;

/** `use` names the options: the same use has the same ones. */
export function dateFormat(
  locale: string,
  timeZone: string,
  use: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${use} ${locale} ${timeZone}`;
  let made = formats.get(key);
  if (!made) {
    if (formats.size >= mostFormats) formats.clear();
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(key, made);
  }
  return made;
}
