/** Audit and outbox rows of one write; what names a person or is hidden is left out of them. */
import { uuidv7 } from 'uuidv7';
import type { CompiledEntity } from '../compile/entity.ts';
import type { OutboxRow } from '../store/unit-of-work.ts';
import type { RecordScope, Values } from './record-scope.ts';

/** `values` is what was set; null for a record that goes. */
export function note(
  { work, entity }: RecordScope,
  action: string,
  id: string,
  values: Values | null,
  payload: object = { id },
): OutboxRow {
  const name = `${entity.module}.${entity.name}`;
  const diff =
    values && Object.fromEntries(Object.entries(values).map(([key, value]) => [key, redacted(entity, key, value)]));
  work.audit.push({ action, entity: name, record: id, diff });
  const event: OutboxRow = { id: uuidv7(), event: `${name}.${action}`, record: id, key: id, payload };
  work.outbox.push(event);
  work.timed ||= entity.rules.timed;
  return event;
}

function redacted(entity: CompiledEntity, name: string, value: unknown): unknown {
  const field = entity.byName.get(name);
  if (!field || value == null) return value ?? null;
  return field.json.pii || field.json.hidden || field.json.encrypted ? '[redacted]' : field.codec.toJson(value);
}
