/** Between an instant and the clock on the wall of a zone, by Intl alone: a page need not load a library for it. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Epoch milliseconds of the wall clock's reading, as if it were UTC. */
const wall = (instant: number, zone: string): number => {
  let format = formats.get(zone);
  if (!format) {
    // Swedes write dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
};

/** `YYYY-MM-DDTHH:mm` on the wall. */
export const onTheWall = (instant: string, zone: string): string =>
  new Date(wall(Date.parse(instant), zone)).toISOString().slice(0, 16);

/** RFC 3339 of a wall clock's reading `YYYY-MM-DDTHH:mm`; the earlier of two, and for a time that is skipped the one as much later. */
export const fromTheWall = (local: string, zone: string): string => {
  const read = Date.parse(`${local}Z`);
  const day = 86_400_000;
  // Zones change by hours and never twice within two days.
  const offsets = [wall(read - day, zone) - (read - day), wall(read + day, zone) - (read + day)];
  const found = offsets.map(offset => read - offset).filter(instant => wall(instant, zone) === read);
  const instant = found.length ? Math.min(...found) : read - offsets[0]!;
  return new Date(instant).toISOString().replace('.000', '');
};
