/** Local clock times as 'HH:mm', 00:00 to 23:59. */

const SHAPE = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether the text is a time of day; '24:00' is not one. */
export const isTime = (text: string): boolean => SHAPE.test(text);

/** Minutes from 00:00; RangeError when the text is not a time of day. */
export const minutesOf = (time: string): number => {
  if (!isTime(time)) throw new RangeError(`Not a time of day: ${time}. Use HH:mm.`);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
};

/** The time 'HH:mm' of a minute of the day, 0 to 1439. */
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
