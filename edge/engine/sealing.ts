/** Encrypted fields: AES-256-GCM under the client's key, bound to the row and the column that hold them. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SqlValue } from '../../schemas/ports/index.ts';
import type { CompiledEntity, CompiledField, RowOpener } from './compile/entity.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const mark = 'sealed.';
/** What stands where a person's text must be and is not any more; never sealed. */
export const ERASED = '[erased]';

const place = (entity: CompiledEntity, field: CompiledField, id: string): Buffer =>
  Buffer.from(`${entity.table}.${field.columns[0]}:${id}`);

function seal(key: Uint8Array, context: Buffer, plain: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(context);
  const parts = [iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${mark}${Buffer.concat(parts).toString('base64url')}`;
}

function open(key: Uint8Array, context: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(mark.length), 'base64url');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(context);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8');
}

/** `value` is a handler value; the result is `sealed.` and base64url of IV, ciphertext and tag. */
export function sealValue(
  key: Uint8Array,
  entity: CompiledEntity,
  field: CompiledField,
  id: string,
  value: unknown,
): string | null {
  return value == null ? null : seal(key, place(entity, field, id), JSON.stringify(value));
}

/** Throws when the text was altered, or moved from another row, column or client. What was erased is said so, in text alone. */
export function openValue(
  key: Uint8Array,
  entity: CompiledEntity,
  field: CompiledField,
  id: string,
  sealed: string,
): unknown {
  if (sealed === ERASED) return field.json.kind === 'text' || field.json.kind === 'richText' ? ERASED : null;
  if (!sealed.startsWith(mark)) throw new Error(`${entity.table}.${field.name} does not hold a sealed value`);
  return JSON.parse(open(key, place(entity, field, id), sealed));
}

/**
 * Moves what is sealed between a stored row and one that leaves for an archive, in place, by column: opened values are JSON text. A
 * value that does not open is null, and its place is told.
 */
export function openColumns(
  key: () => Uint8Array,
  entity: CompiledEntity,
  row: Record<string, SqlValue>,
  onLost: (place: string) => void,
): void {
  for (const field of entity.encrypted) {
    const column = columnOf(field);
    const sealed = row[column];
    if (sealed == null) continue;
    try {
      row[column] = JSON.stringify(openValue(key(), entity, field, `${row['id']}`, `${sealed}`));
    } catch {
      row[column] = null;
      onLost(`${entity.module}.${entity.name}.${field.name} of ${row['id']}`);
    }
  }
}

/** The other way; throws `SyntaxError` where a value is no JSON. */
export function sealColumns(key: () => Uint8Array, entity: CompiledEntity, row: Record<string, SqlValue>): void {
  for (const field of entity.encrypted) {
    const column = columnOf(field);
    const opened = row[column];
    if (opened != null) row[column] = sealValue(key(), entity, field, `${row['id']}`, JSON.parse(`${opened}`));
  }
}

const columnOf = (field: CompiledField): string => field.columns[0]!.slice(1, -1);

/** Opens the encrypted fields of rows; the key is made when it is first needed. */
export function rowOpener(fieldKey: () => Uint8Array): RowOpener {
  return (entity, record) => {
    for (const field of entity.encrypted) {
      const sealed = record[field.name];
      record[field.name] = sealed == null ? null : openValue(fieldKey(), entity, field, record.id, String(sealed));
    }
  };
}

/** A reply that shows what is encrypted must not lie open in the idempotency table. */
export const sealText = (key: Uint8Array, context: string, text: string): string =>
  seal(key, Buffer.from(context), text);

/** The text as it was before `sealText`; text that was not sealed comes back as it is. */
export const openText = (key: () => Uint8Array, context: string, text: string): string =>
  text.startsWith(mark) ? open(key(), Buffer.from(context), text) : text;
