/** Lengths of time as people of a locale write them. */
const formats = new Map<string, Intl.NumberFormat>();

const format = (locale: string, unit: 'hour' | 'minute'): Intl.NumberFormat => {
  const key = `${locale} ${unit}`;
  let found = formats.get(key);
  if (!found) {
    // Making a format costs far more than using it.
    if (formats.size > 200) formats.clear();
    found = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
    formats.set(key, found);
  }
  return found;
};

/** Whole minutes, such as "1 hr 30 min" for 90 in `en`; locale is BCP 47. */
export function durationText(locale: string, minutes: number): string {
  const parts = [
    ['hour', Math.floor(minutes / 60)],
    ['minute', minutes % 60],
  ] as const;
  const shown = parts.filter(([, value]) => value);
  return (shown[0] ? shown : [['minute', 0] as const])
    .map(([unit, value]) => format(locale, unit).format(value))
    .join(' ');
}
