/** How far visitors of a widget get, and how fast pages and widgets are. */
import type { Database } from '../../schemas/ports/index.ts';
import type { AnalyticsFunnel, AnalyticsVital, VitalName } from '../../schemas/protocol/index.ts';
import type { Range } from './query.ts';
import { ALL, BIN, perDay } from './tables.ts';
import { middleOf } from './tally.ts';
import type { KnownWidget } from './widgets.ts';

/** Impression, start, the steps that the widget declares, completion. */
export async function funnel(
  db: Database | undefined,
  siteId: string,
  widget: string,
  { label, steps }: Pick<KnownWidget, 'label' | 'steps'>,
  { from, to }: Range,
): Promise<AnalyticsFunnel> {
  const [counted] = db
    ? await db.read([
        {
          sql: `SELECT event, name, sum(counted) FROM ${perDay} WHERE site = ? AND dimension = '${ALL}' AND day BETWEEN ? AND ?
            AND widget = ? GROUP BY event, name`,
          args: [siteId, from, to, widget],
        },
      ])
    : [];
  const countOf = (kind: string, name?: string) =>
    (counted?.rows ?? [])
      .filter(row => row[0] === kind && (name === undefined || row[1] === name))
      .reduce((sum, row) => sum + Number(row[2]), 0);
  const whole = (kind: 'impression' | 'start' | 'complete') => ({ kind, name: '', count: countOf(kind) });
  return {
    widget,
    label,
    steps: [
      whole('impression'),
      whole('start'),
      ...steps.map(name => ({ kind: 'step' as const, name, count: countOf('step', name) })),
      whole('complete'),
    ],
  };
}

export async function vitals(db: Database | undefined, siteId: string, { from, to }: Range): Promise<AnalyticsVital[]> {
  const [bands] = db
    ? await db.read([
        {
          sql: `SELECT name, widget, CAST(value AS INTEGER), sum(counted) FROM ${perDay}
            WHERE site = ? AND dimension = '${BIN}' AND day BETWEEN ? AND ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
          args: [siteId, from, to],
        },
      ])
    : [];
  const groups = new Map<string, { name: VitalName; widget: string; bands: [band: number, count: number][] }>();
  for (const [name, widget, band, count] of bands?.rows ?? []) {
    const id = `${name}\n${widget}`;
    const group = groups.get(id) ?? { name: name as VitalName, widget: String(widget), bands: [] };
    group.bands.push([Number(band), Number(count)]);
    groups.set(id, group);
  }
  return [...groups.values()].map(({ name, widget, bands: all }) => {
    const count = all.reduce((sum, [, each]) => sum + each, 0);
    let passed = 0;
    const [band] = all.find(([, each]) => {
      passed += each;
      return passed >= count * 0.75;
    })!;
    const value = middleOf(band);
    return { name, widget, count, p75: name === 'cls' ? Math.round(value) / 1000 : Math.round(value) };
  });
}
