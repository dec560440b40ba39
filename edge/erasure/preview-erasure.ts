/** What erasing a person would take and leave, found as the erasure finds it; no record is changed. */
import type { ErasurePreview } from '../../schemas/protocol/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { blanked } from './blank.ts';
import { nameOf, type Sought } from './find-person.ts';
import { filesNamed, filesOf } from './person-files.ts';
import { type Store, tracePerson } from './trace-person.ts';

/** Nobody is no error here: a look that finds nothing says so. */
export async function previewErasure(
  runtime: Runtime,
  tenant: Tenant,
  sought: Sought,
  store: Store = {},
): Promise<Omit<ErasurePreview, 'snapshots'>> {
  const now = runtime.ports.clock.now();
  const { db, emails, unclear, kept, records } = await tracePerson(runtime, tenant, sought, now, store);
  const groups = new Map<string, { count: number; fields: Set<string> }>();
  const files: string[] = [];
  for (const { entity, row } of records) {
    const columns = Object.keys(blanked(entity, row));
    if (columns.length === 0) continue;
    files.push(...filesNamed(entity, row, columns).ids);
    const group = groups.get(nameOf(entity)) ?? { count: 0, fields: new Set() };
    groups.set(nameOf(entity), group);
    group.count += 1;
    for (const { name, columns: own } of entity.fields)
      if (own.some(column => columns.includes(column.slice(1, -1)))) group.fields.add(name);
  }
  const { sql, args } = filesOf(records, files);
  const [found] = await db.read([{ sql: `SELECT count(*) FROM "_file" WHERE ${sql}`, args }]);
  return {
    addresses: [...emails],
    records: [...groups].map(([entity, { count, fields }]) => ({ entity, count, fields: [...fields] })),
    kept: [...kept.values()],
    unclear,
    files: Number(found!.rows[0]![0]),
  };
}
