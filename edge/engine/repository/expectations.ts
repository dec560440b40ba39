/** What the commit asserts of rows that it writes: they are not locked, what is set once stays, they are within the grant. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { GrantJson } from '../../../schemas/module/index.ts';
import type { Expression } from '../compile/cel.ts';
import { recordToCel } from '../compile/cel.ts';
import { quote, type RecordValues } from '../compile/entity.ts';
import { holds, lockedFields, lockedProblem } from '../compile/rules.ts';
import { grantWhere, type RecordScope, type Values } from './record-scope.ts';

/** Transitions move the state; code that acts as the system may set it. Throws TypeError. */
export function refuseState({ entity, actor }: RecordScope, values: Values): void {
  const field = entity.json.states?.field;
  if (field === undefined || !(field in values) || actor.kind === 'system') return;
  throw new TypeError(`${entity.table}.${field} moves by transitions, or is set by asSystem()`);
}

/** Throws LOCKED where a CEL lock holds the record as it was read; without a patch it is to go. */
export function checkLock({ entity }: RecordScope, record: RecordValues, patch: Values | undefined): void {
  const { rules, json } = entity;
  const { lock } = rules;
  if (!lock?.isCel) return;
  const fields = patch ? lockedFields(entity, patch) : [];
  if (patch && fields.length === 0) return;
  if (holds(lock.when as Expression, { record: recordToCel(json.fields, record) }, true)) throw lockedProblem(fields);
}

/** Refuses the commit where a row is locked by a filter; without a patch the row is to go. */
export function expectUnlocked(scope: RecordScope, filters: readonly unknown[], patch: Values | undefined): void {
  const { work, entity } = scope;
  const { lock } = entity.rules;
  const fields = patch ? lockedFields(entity, patch) : [];
  if (!lock || lock.isCel || (patch && fields.length === 0)) return;
  const { sql, args } = scope.sql([...filters, lock.when]);
  work.expect(`NOT EXISTS (SELECT 1 FROM ${quote(entity.table)} WHERE ${sql})`, args, lockedProblem(fields));
}

/** Refuses the commit where a field that is set once has another value already. */
export function expectUnset({ work, entity }: RecordScope, id: string, patch: Values): void {
  for (const name of entity.rules.immutable) {
    if (!(name in patch)) continue;
    const field = entity.byName.get(name)!;
    const args = field.json.encrypted ? field.columns.map(() => null) : field.codec.toSql(patch[name]);
    const same = field.columns.map(column => `${column} IS ?`).join(' AND ');
    const set = `"id" = ? AND ${field.columns[0]} IS NOT NULL AND NOT (${same})`;
    const condition = `NOT EXISTS (SELECT 1 FROM ${quote(entity.table)} WHERE ${set})`;
    const errors = [{ pointer: `/${name}`, code: 'IMMUTABLE', message: 'This can be set only once' }];
    work.expect(condition, [id, ...args], Problem.of('LOCKED', { errors }));
  }
}

/** Refuses the commit where a number of a gapless sequence would go with its record. */
export function expectUnnumbered({ work, entity }: RecordScope, id: string): void {
  for (const { on, numberColumn } of entity.sequences) {
    if (!on) continue;
    const numbered = `NOT EXISTS (SELECT 1 FROM ${quote(entity.table)} WHERE "id" = ? AND ${numberColumn} IS NOT NULL)`;
    const detail = 'What has a number of a gapless sequence stays.';
    work.expect(numbered, [id], Problem.of('LOCKED', { detail }));
  }
}

/** Refuses the commit unless a row, as it is before the write, is among those that the grant covers. */
export function expectCovered(scope: RecordScope, grant: GrantJson, id: string): void {
  if (grantWhere(grant).length === 0) return;
  const { sql, args } = scope.sql([{ id: { eq: id } }, ...grantWhere(grant)]);
  const detail = 'This credential may not change this record.';
  const condition = `EXISTS (SELECT 1 FROM ${quote(scope.entity.table)} WHERE ${sql})`;
  scope.work.expect(condition, args, Problem.of('FORBIDDEN', { detail }));
}

/** Refuses the commit unless the written row still matches what the grant says. */
export function expectWithin(scope: RecordScope, grant: GrantJson, id: string): void {
  if (grant === true || !grant.check) return;
  const { sql, args } = scope.sql([{ id: { eq: id } }, grant.check]);
  const detail = 'The record as written is outside what this credential may write.';
  const condition = `EXISTS (SELECT 1 FROM ${quote(scope.entity.table)} WHERE ${sql})`;
  scope.work.expect(condition, args, Problem.of('FORBIDDEN', { detail }));
}
