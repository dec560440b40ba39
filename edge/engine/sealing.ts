/** Encrypted fields: AES-256-GCM under the client's key, bound to the row and the column that hold them. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CompiledEntity, CompiledField, RowOpener } from './compile/entity.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const mark = 'sealed.';

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

/** Throws when the text was altered, or moved from another row, column or client. */
export function openValue(
  key: Uint8Array,
  entity: CompiledEntity,
  field: CompiledField,
  id: string,
  sealed: string,
): unknown {
  if (!sealed.startsWith(mark)) throw new Error(`${entity.table}.${field.name} does not hold a sealed value`);
  return JSON.parse(open(key, place(entity, field, id), sealed));
}

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
