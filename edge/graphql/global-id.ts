/** Global ids for Relay's `node`: which entity, and which of its records. */
import { Buffer } from 'node:buffer';
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { refTarget } from '../openapi/surface.ts';

/** `entity` is `module.entity`. */
export const globalId = (entity: string, id: string): string => Buffer.from(`${entity}:${id}`).toString('base64url');

export function parseGlobalId(text: string): { readonly entity: string; readonly id: string } | undefined {
  const [, entity, id] = /^([a-z][a-z0-9-]*\.[a-z][a-zA-Z0-9]*):(.+)$/.exec(fromBase64(text)) ?? [];
  return entity && id ? { entity, id } : undefined;
}

const fromBase64 = (text: string): string =>
  /^[\w-]{8,200}$/.test(text) ? Buffer.from(text, 'base64url').toString('utf8') : '';

/** The record's own id; one that is global for another entity names no record here. */
export function recordId(text: string, entity: string): string {
  const parsed = parseGlobalId(text);
  if (!parsed) return text;
  return parsed.entity === entity ? parsed.id : '';
}

/** Turns global ids in an input into records' own, wherever the fields hold a reference. */
export function withRecordIds(fields: FieldsJson, module: string, input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const node = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, node ? valueWithRecordIds(node, module, value) : value];
    }),
  );
}

function valueWithRecordIds(node: FieldJson, module: string, value: unknown): unknown {
  if (node.kind === 'ref') return typeof value === 'string' ? recordId(value, refTarget(module, node.to)) : value;
  if (node.kind === 'object') return withRecordIds(node.fields, module, value);
  if (node.kind === 'list' && Array.isArray(value)) return value.map(item => valueWithRecordIds(node.of, module, item));
  return value;
}
