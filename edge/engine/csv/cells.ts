/** Cells of a CSV file: field values to text and back. */
import type { FieldJson } from '../../../schemas/module/index.ts';
import type { CompiledField } from '../compile/entity.ts';

/** What a spreadsheet would run as a formula (OWASP, CSV injection). */
const formula = /^'*[=+\-@\t\r]/;
const numbers: ReadonlySet<string> = new Set(['int', 'duration', 'decimal']);

/** A cell as RFC 4180 writes it; text that looks like a formula starts with an apostrophe. */
export function cell(text: string, isNumber: boolean): string {
  const safe = !isNumber && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Column names of a field; money has two. */
export const headersOf = ({ name, json }: CompiledField): string[] =>
  json.kind === 'money' ? [`${name}.amount`, `${name}.currency`] : [name];

/** The cells of a field's JSON value. */
export function cellsOf({ json }: CompiledField, value: unknown): string[] {
  if (json.kind === 'money') {
    const money = value as { amount: number; currency: string } | null;
    return [cell(String(money?.amount ?? ''), true), cell(money?.currency ?? '', false)];
  }
  if (value == null) return [''];
  const isJson = typeof value === 'object' || json.kind === 'json';
  return [cell(isJson ? JSON.stringify(value) : String(value), numbers.has(json.kind))];
}

/** A cell as the API would take it; undefined for an empty one. What is not text stays as it is. */
export function readCell(node: FieldJson, raw: unknown): unknown {
  if (typeof raw !== 'string') return raw ?? undefined;
  const text = raw.trim().replace(/^'(?='*[=+\-@])/, '');
  if (text === '') return undefined;
  if (node.translated) return text.startsWith('{') ? readJson(text) : text;
  switch (node.kind) {
    case 'int':
    case 'duration':
      return /^-?\d{1,16}$/.test(text) ? Number(text) : text;
    case 'bool':
      return /^(?:true|yes|1)$/i.test(text) ? true : /^(?:false|no|0)$/i.test(text) ? false : text;
    case 'list':
      return text.startsWith('[') ? readJson(text) : text.split(';').map(part => readCell(node.of, part));
    case 'object':
    case 'json':
    case 'geo':
    case 'address':
      return readJson(text);
    default:
      return text;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
