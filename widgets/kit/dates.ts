/** Arithmetic on calendar dates `YYYY-MM-DD`, free of zones. */

/** The date `days` later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 864e5).toISOString().slice(0, 10);

/** The first day of the month that is `months` after the date's. */
export const addMonths = (date: string, months: number): string => {
  const first = new Date(date.slice(0, 7));
  first.setUTCMonth(first.getUTCMonth() + months);
  return first.toISOString().slice(0, 10);
};

/** Days from the week's first day in this locale, 0 to 6. */
export const weekdayIndex = (locale: string, date: string): number => {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } };
  const first = known.getWeekInfo?.().firstDay ?? 1;
  return (new Date(date).getUTCDay() - first + 7) % 7;
};
