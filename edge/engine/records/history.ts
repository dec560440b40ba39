/** What was done to one record, the latest first, as far as the caller may see its fields. */
import { Problem } from '../../../schemas/errors/index.ts';
import { toRfc3339 } from '../../../schemas/time/index.ts';
import { grantedFields, moduleRoles } from '../access.ts';
import type { Call, Reply } from '../call.ts';
import { quote } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { liveOnly } from '../soft-delete.ts';
import { readGrant, type Target } from './target.ts';

const sizes = { usual: 25, most: 100 } as const;

/** `page[size]` and `page[after]`. Throws INVALID_QUERY. */
function pageOf(params: URLSearchParams): { size: number; before: number } {
  const size = Number(params.get('page[size]') ?? sizes.usual);
  const before = Number(params.get('page[after]') ?? Number.MAX_SAFE_INTEGER);
  const known = [...params.keys()].every(key => key === 'page[size]' || key === 'page[after]');
  if (!known || !Number.isInteger(size) || size < 1 || size > sizes.most || !Number.isSafeInteger(before)) {
    throw Problem.of('INVALID_QUERY', {
      detail: `page[size] is 1 to ${sizes.most}, page[after] what the page before gave`,
    });
  }
  return { size, before };
}

/** For staff and keys. Throws NOT_FOUND also for a record that the caller may not read; admins see that of a deleted one. */
export async function recordHistory(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  id: string,
  params: URLSearchParams,
): Promise<Reply> {
  const { size, before } = pageOf(params);
  const grant = readGrant(entity, call.actor);
  const roles = moduleRoles(call.actor);
  if (!grant || !roles.includes('staff')) throw Problem.of('NOT_FOUND');
  const target = placeholders(filterVariables(call.actor, runtime.ports.clock.now()));
  const limits = [
    { id: { eq: id } },
    ...(roles.includes('admin') ? [] : liveOnly(entity)),
    ...(grant !== true && grant.where ? [grant.where] : []),
  ];
  const where = limits.map(limit => whereSql(entity, limit, target)).join(' AND ');
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const [found, rows] = await db.read([
    { sql: `SELECT 1 FROM ${quote(entity.table)} WHERE ${where}`, args: target.args },
    {
      sql: 'SELECT "seq", "at", "actor_kind", "actor_id", "action", "diff" FROM "_audit" WHERE "record" = ? AND "entity" = ? AND "seq" < ? ORDER BY "seq" DESC LIMIT ?',
      args: [id, `${entity.module}.${entity.name}`, before, size + 1],
    },
  ]);
  if (!found!.rows[0]) throw Problem.of('NOT_FOUND');
  const visible = grantedFields(grant);
  const seen = ([name]: [string, unknown]) => {
    const field = entity.byName.get(name);
    // Beside fields there is the reason of a step.
    return field ? !field.json.hidden && (!visible || visible.has(name)) : name === 'reason';
  };
  const page = rows!.rows.slice(0, size);
  const data = page.map(([seq, at, kind, actor, action, diff]) => ({
    id: String(seq),
    at: toRfc3339(Number(at)),
    actor: { kind, id: actor },
    action,
    diff: diff === null ? null : Object.fromEntries(Object.entries(JSON.parse(String(diff)) as object).filter(seen)),
  }));
  const after = rows!.rows.length > size ? data.at(-1)!.id : null;
  return { status: 200, body: JSON.stringify({ data, page: { size, after } }) };
}
