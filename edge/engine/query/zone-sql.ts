/** Calendar units of an instant in a time zone as SQL, which knows no zones: the zone's offsets become part of the expression. */

export const units = ['year', 'quarter', 'month', 'week', 'day', 'hour'] as const;
export type Unit = (typeof units)[number];

/** `days` is SQL of a date that SQLite's date functions take; a week is named by its Monday, as in ISO 8601. */
export function unitSql(unit: Unit, days: string): string {
  switch (unit) {
    case 'year':
      return `strftime('%Y', ${days})`;
    case 'quarter':
      return `strftime('%Y', ${days}) || '-Q' || ((strftime('%m', ${days}) + 2) / 3)`;
    case 'month':
      return `strftime('%Y-%m', ${days})`;
    case 'week':
      return `date(${days}, 'weekday 0', '-6 days')`;
    case 'day':
      return `date(${days})`;
    case 'hour':
      return `strftime('%Y-%m-%dT%H', ${days})`;
  }
}

/** SQL of the local date and time of an instant column in epoch milliseconds. */
export const localSql = (column: string, zone: string): string =>
  `datetime((${column} + ${offsetSql(column, zone)}) / 1000, 'unixepoch')`;

/** Offsets hold from `from` on; outside of these years the nearest one counts. */
const years = { first: Date.UTC(1970, 0), last: Date.UTC(2060, 0) } as const;
/** No zone has left and returned within so short a time. */
const stepMs = 10 * 86_400_000;
const known = new Map<string, readonly { readonly from: number; readonly offset: number }[]>();
const mostKnown = 64;

function offsetSql(column: string, zone: string): string {
  const changes = changesOf(zone);
  // Halving keeps it to eight comparisons a row.
  const between = (low: number, high: number): string => {
    if (low === high) return String(changes[low]!.offset);
    const middle = Math.ceil((low + high) / 2);
    return `CASE WHEN ${column} < ${changes[middle]!.from} THEN ${between(low, middle - 1)} ELSE ${between(middle, high)} END`;
  };
  return between(0, changes.length - 1);
}

function changesOf(zone: string) {
  const found = known.get(zone);
  if (found) return found;
  const offsetAt = offsetReader(zone);
  let offset = offsetAt(years.first);
  const changes = [{ from: years.first, offset }];
  for (let at = years.first; at < years.last; at += stepMs) {
    const next = offsetAt(at + stepMs);
    if (next === offset) continue;
    let [before, after] = [at, at + stepMs];
    while (after - before > 60_000) {
      const middle = Math.floor((before + after) / 120_000) * 60_000;
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    offset = next;
    changes.push({ from: after, offset });
  }
  if (known.size >= mostKnown) known.delete(known.keys().next().value!);
  known.set(zone, changes);
  return changes;
}

/** Milliseconds to add to UTC. */
function offsetReader(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return at => {
    const text = format.format(at);
    const [, sign, hours, minutes = '0', seconds = '0'] = /GMT([+-])(\d{2}):?(\d{2})?:?(\d{2})?$/.exec(text) ?? [];
    if (!sign) return 0;
    const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === '-' ? -size : size;
  };
}
