/** Times of the inbox in words: how long somebody waits, when something was said, until when it is put away. */
import { minutes } from '../../kit/amounts.ts';
import { fromTheWall } from '../../kit/controls/zoned-instant.ts';
import { addDays } from '../../kit/dates.ts';
import { dateIn, day, time } from '../../kit/format.ts';
import { locale, t } from './words.ts';

const minute = 60_000;

/** A length in its largest unit. */
export const span = (milliseconds: number): string => {
  const all = Math.max(1, Math.round(milliseconds / minute));
  if (all < 60) return minutes(locale, all);
  const [amount, unit] = all < 2880 ? [Math.round(all / 60), 'hour'] : [Math.round(all / 1440), 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
};

/** The time today, the day before that. */
export const shortly = (zone: string, instant: string, now: number): string =>
  dateIn(zone, Date.parse(instant)) === dateIn(zone, now)
    ? time(locale, zone, instant)
    : new Date(instant).toLocaleDateString(locale, { timeZone: zone, day: 'numeric', month: 'short' });

export const dayWord = (date: string, zone: string, now: number): string =>
  date === dateIn(zone, now)
    ? t('today')
    : date === dateIn(zone, now - 1440 * minute)
      ? t('yesterday')
      : day(locale, date);

/** When a snoozed conversation may come back; nine o'clock is that of the business. */
export const snoozes = (zone: string, now: number): readonly { readonly key: string; readonly until: string }[] => {
  const today = dateIn(zone, now);
  const monday = addDays(today, 7 - ((new Date(today).getUTCDay() + 6) % 7));
  const nine = (date: string) => fromTheWall(`${date}T09:00`, zone);
  return [
    { key: 'snooze.hour', until: new Date(now + 60 * minute).toISOString() },
    { key: 'snooze.tomorrow', until: nine(addDays(today, 1)) },
    { key: 'snooze.monday', until: nine(monday) },
  ];
};
