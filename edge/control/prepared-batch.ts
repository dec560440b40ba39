/** Queries of the control plane that are written once and asked often: drizzle takes longer to write one than SQLite to answer it. */
import { fillPlaceholders } from 'drizzle-orm';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import type { PreparedQuery } from 'drizzle-orm/session';
import type { ControlDatabase } from './database.ts';

type Preparable = BatchItem<'sqlite'> & { prepare(): PreparedQuery };
type Item = BatchItem<'sqlite'>;

/** One read batch; its queries have a `sql.placeholder` for each of the values that a call gives. */
export function prepareBatch<const Queries extends readonly [Preparable, ...Preparable[]]>(
  db: ControlDatabase,
  queries: Queries,
): (values: Readonly<Record<string, unknown>>) => Promise<BatchResponse<Queries>> {
  const prepared = queries.map(query => query.prepare());
  return async values => {
    const items = prepared.map(query => bound(query, values));
    return (await db.batch(items as unknown as [Item, ...Item[]])) as unknown as BatchResponse<Queries>;
  };
}

/** What drizzle's own batch asks of a query: its text with arguments, and how rows become values. */
function bound(prepared: PreparedQuery, values: Readonly<Record<string, unknown>>) {
  const query = prepared.getQuery();
  const filled = { ...query, params: fillPlaceholders(query.params, values) };
  const mapResult: PreparedQuery['mapResult'] = (response, isFromBatch) => prepared.mapResult(response, isFromBatch);
  return { _prepare: () => ({ getQuery: () => filled, mapResult }) };
}
