/** Digits of a locale's own script. */

/** The text with the digits 0 to 9 in place of the locale's. */
export const latinDigits = (text: string, locale: string): string => {
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  return Array.from({ length: 10 }, (_, digit) => plain.format(digit)).reduce(
    (latin, digit, value) => latin.replaceAll(digit, `${value}`),
    text,
  );
};
