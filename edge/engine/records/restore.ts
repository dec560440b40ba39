/** Brings back a record that was marked as deleted. */

import { uuidv7 } from 'uuidv7';
import { Problem } from '../../../schemas/errors/index.ts';
import { grantFor } from '../access.ts';
import { type Call, runCall } from '../call.ts';
import { decodeRow, quote } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import { isSoft } from '../soft-delete.ts';
import { etagOf, type RecordReply, readGrant, shown, type Target } from './target.ts';

/** Needs the right to delete. Throws NOT_FOUND for what is not deleted, and what a unique constraint says where its place was taken. */
export async function restoreRecord(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  id: string,
): Promise<RecordReply> {
  if (!isSoft(entity)) throw Problem.of('NOT_FOUND');
  const reply = await runCall(runtime, call, async work => {
    const read = readGrant(entity, call.actor);
    if (!read) throw Problem.of('NOT_FOUND');
    const rows = placeholders(filterVariables(call.actor, work.now));
    const mine = [{ id: { eq: id } }, { deletedAt: { null: false } }];
    const seen = read !== true && read.where ? [...mine, read.where] : mine;
    const found = await work.read(
      `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE ${seen.map(filter => whereSql(entity, filter, rows)).join(' AND ')}`,
      rows.args,
    );
    if (!found.rows[0]) throw Problem.of('NOT_FOUND');
    const grant = grantFor(entity, 'delete', call.actor);
    const target = placeholders(filterVariables(call.actor, work.now));
    const may = grant !== true && grant.where ? [...mine, grant.where] : mine;
    const where = may.map(filter => whereSql(entity, filter, target)).join(' AND ');
    work.write(
      `UPDATE ${quote(entity.table)} SET "deleted_at" = NULL, "updated_at" = ?, "rev" = "rev" + 1 WHERE ${where}`,
      [work.now, ...target.args],
    );
    work.expectChange(Problem.of('NOT_FOUND'));
    work.timed ||= entity.rules.timed;
    const name = `${entity.module}.${entity.name}`;
    work.audit.push({ action: 'restored', entity: name, record: id, diff: null });
    work.outbox.push({ id: uuidv7(), event: `${name}.restored`, record: id, payload: { id } });
    const record = decodeRow(
      entity,
      found.rows[0],
      rowOpener(() => work.scope.fieldKey()),
    );
    const after = { ...record, deletedAt: null, rev: record.rev + 1, updatedAt: work.now };
    return { status: 200, body: shown(entity, call, after) };
  });
  return { ...reply, etag: etagOf((JSON.parse(reply.body) as { data: { rev: number } }).data.rev) };
}
