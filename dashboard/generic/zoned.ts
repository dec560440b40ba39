/** Instants as wall-clock text of a zone, and back. */
import { toInstant, toLocal } from '../../schemas/time/index.ts';

/** RFC 3339 -> `2026-04-14T09:30` in the zone. */
export const toWallClock = (instant: string, zone: string): string => {
  const { date, time } = toLocal(Date.parse(instant), zone);
  return `${date}T${time}`;
};

/** `2026-04-14T09:30` in the zone -> RFC 3339 UTC. A time that clocks skip moves forward, of a repeated one the first counts. */
export const fromWallClock = (text: string, zone: string): string => {
  const [date, time] = text.split('T');
  return new Date(toInstant(date!, time!.slice(0, 5), zone)).toISOString();
};
