/** Time: zones, calendar dates, instants. Recurrence stays in `recurrence.ts`, so that a page without it does not load it. */
export { addDays, addMonths, dateOf, dayNumber, eachDate, isDate, weekday, weekdayOf } from './date.ts';
export { durationText } from './duration-text.ts';
export {
  type Disambiguation,
  dayBounds,
  dayNumberAt,
  instantOf,
  type LocalDateTime,
  toInstant,
  toLocal,
} from './instant.ts';
export { isTime, minutesOf, timeOf } from './local-time.ts';
export { parseInstant, toRfc3339 } from './rfc3339.ts';
export { isZone } from './zone-name.ts';
