/** Records as a write leaves them: texts under their locale, computed values, the engine's own fields. */
import { uuidv7 } from 'uuidv7';
import { completeDraft, type RecordValues } from '../compile/entity.ts';
import { computedValues } from '../compile/rules.ts';
import type { RecordScope, Values } from './record-scope.ts';

/** A new record of a draft. Throws `TypeError` on what the manifest does not declare, VALIDATION_FAILED where a value cannot be computed. */
export function recordOf({ work, entity }: RecordScope, draft: Values): RecordValues {
  const record: RecordValues = {
    id: uuidv7(),
    createdAt: work.now,
    updatedAt: work.now,
    rev: 1,
    ...completeDraft(entity, draft),
  };
  for (const field of entity.fields) {
    const text = record[field.name];
    if (field.json.translated && typeof text === 'string') record[field.name] = { [work.scope.locale]: text };
  }
  return Object.assign(record, computedValues(entity, record));
}

/** The record with a patch. Throws VALIDATION_FAILED where a value cannot be computed. */
export function recordAfter({ work, entity }: RecordScope, record: RecordValues, patch: Values): RecordValues {
  const after: RecordValues = { ...record, ...patch, rev: record.rev + 1, updatedAt: work.now };
  for (const field of entity.fields) {
    const text = patch[field.name];
    if (field.json.translated && typeof text === 'string') {
      after[field.name] = { ...(record[field.name] as object | null), [work.scope.locale]: text };
    }
  }
  return Object.assign(after, computedValues(entity, after));
}
