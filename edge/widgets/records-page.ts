/** The records that a widget shows, a page at a time: what visitors may read, bounded by the widget's filter. */
import { Problem } from '../../schemas/errors/index.ts';
import type { FieldJson, GenericWidgetJson } from '../../schemas/module/index.ts';
import type { PageRequest, RecordsPage } from '../../schemas/protocol/index.ts';
import { addMonths, dayBounds, toRfc3339 } from '../../schemas/time/index.ts';
import type { Call } from '../engine/call.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { QueryInput } from '../engine/query/input.ts';
import { readPage } from '../engine/records/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import { lastingUrl } from '../files/signed-url.ts';
import { recipeText } from '../files/variants.ts';
import { type Showing, shownRecord } from './shown-record.ts';
import type { Wording } from './wording.ts';

/** Records to a page unless the widget says; records of a month at most. */
const usual = 10;
const mostOfMonth = 200;

export interface RecordsSource {
  readonly runtime: Runtime;
  readonly call: Call;
  readonly module: CompiledModule;
  readonly widget: GenericWidgetJson;
  readonly wording: Wording;
}

/** Throws NOT_FOUND for a record that the widget does not show, INVALID_QUERY, FORBIDDEN. */
export async function recordsPage(source: RecordsSource, ask: PageRequest): Promise<RecordsPage> {
  const { runtime, call, module, widget } = source;
  const entity = module.entities.get(widget.entity!)!;
  const one = ask.id !== undefined;
  if (widget.kind === 'detail' && !one) throw Problem.of('INVALID_QUERY', { detail: 'Ask for one record by its id.' });
  const input = queryOf(source, entity, ask);
  const page = await readPage(runtime, call, { module, entity }, () => input, widget.filter ? [widget.filter] : []);
  if (one && page.data.length === 0) throw Problem.of('NOT_FOUND');
  const showing = showingOf(source, entity);
  return {
    records: page.data.map(values => shownRecord(showing, values, one)),
    after: page.more && widget.kind !== 'calendar' ? page.cursorAt(page.data.length - 1) : null,
    ...(page.total === undefined ? {} : { total: page.total }),
  };
}

function queryOf({ call, widget }: RecordsSource, entity: CompiledEntity, ask: PageRequest): QueryInput {
  const { id, month, q, after } = ask;
  const shown = [...widget.fields, ...(id === undefined ? [] : (widget.detail ?? []))];
  const placed = [widget.image, widget.start, widget.end].filter(name => name !== undefined);
  const sort = widget.kind === 'calendar' ? widget.start : widget.sort;
  const searching = widget.kind === 'search' && q !== undefined && q.trim() !== '';
  return {
    filters: [
      ...(id === undefined ? [] : [{ id: { eq: id } }]),
      ...(widget.kind === 'calendar' && id === undefined ? [within(widget, entity, call, monthOf(month))] : []),
    ],
    sort: searching || sort === undefined ? [] : [sort],
    size: id !== undefined ? 1 : widget.kind === 'calendar' ? mostOfMonth : (widget.pageSize ?? usual),
    after,
    before: undefined,
    fields: new Map([['', [...new Set([...shown, ...placed])]]]),
    include: [],
    q: searching ? q : undefined,
    count: searching,
    deleted: undefined,
  };
}

function monthOf(month: string | undefined): string {
  if (month === undefined || !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    throw Problem.of('INVALID_QUERY', { detail: 'Ask for a month such as 2026-04.' });
  }
  return month;
}

/** What begins in the month, or goes on into it. */
function within(widget: GenericWidgetJson, entity: CompiledEntity, { tenant, site }: Call, month: string): object {
  const { start, end } = widget as { start: string; end?: string };
  const zone = site?.zone ?? tenant.client.zone;
  const bound = (field: string, date: string) =>
    entity.byName.get(field)!.json.kind === 'date' ? date : toRfc3339(dayBounds(date, zone).start);
  const first = `${month}-01`;
  const next = addMonths(first, 1);
  const begins = { [start]: { gte: bound(start, first), lt: bound(start, next) } };
  if (!end) return begins;
  const isDay = entity.byName.get(end)!.json.kind === 'date';
  const lasts = { [end]: { [isDay ? 'gte' : 'gt']: bound(end, first) }, [start]: { lt: bound(start, next) } };
  return { or: [begins, lasts] };
}

function showingOf({ runtime, call, widget, wording }: RecordsSource, entity: CompiledEntity): Showing {
  return {
    widget,
    wording,
    zone: call.site?.zone ?? call.tenant.client.zone,
    field: (name): FieldJson => entity.byName.get(name)!.json,
    fileUrl: (id, recipe) => lastingUrl(runtime, call.tenant.client.id, id, recipe ? recipeText(recipe) : ''),
  };
}
