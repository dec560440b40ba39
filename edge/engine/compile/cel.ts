/** CEL for guards, locks and computed values: compiled once at load, without loops in loops, patterns or bindings. */
import { Environment } from '@marcbachmann/cel-js';
import type { FieldJson, FieldsJson } from '../../../schemas/module/index.ts';

export type CelVariable = 'record' | 'actor' | 'settings' | 'now';
export type CelValues = Readonly<Partial<Record<CelVariable, unknown>>>;

export interface Expression {
  /** CEL values: int is bigint, double is number. Throws where the expression has no value. */
  evaluate(values: CelValues): unknown;
}

const limits = { maxAstNodes: 150, maxDepth: 16, maxListElements: 50, maxMapEntries: 20, maxCallArguments: 6 };
const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
/** `matches` could take exponential time, `bind` exponential space; the rest is bounded by the record's size. */
const functions = new Set([
  ...loops,
  ...['has', 'size', 'int', 'double', 'string', 'bool', 'dyn', 'round', 'min', 'max'],
  ...['startsWith', 'endsWith', 'contains', 'lowerAscii', 'upperAscii', 'trim', 'substring', 'indexOf'],
]);

const base = new Environment({ homogeneousAggregateLiterals: false, limits })
  .registerFunction('round(double): int', (value: number) => BigInt(Math.sign(value) * Math.round(Math.abs(value))))
  .registerFunction('min(int, int): int', (a: bigint, b: bigint) => (a < b ? a : b))
  .registerFunction('max(int, int): int', (a: bigint, b: bigint) => (a > b ? a : b))
  .registerVariable('record', 'map');
const guards = base
  .clone()
  .registerVariable('actor', 'map')
  .registerVariable('settings', 'map')
  .registerVariable('now', 'int');

interface Node {
  readonly op: string;
  readonly args: unknown;
}

/** Throws on a call that is not allowed, and on a loop inside a loop. */
function refuseCostly(node: unknown, looping: boolean): void {
  if (Array.isArray(node)) {
    for (const child of node) refuseCostly(child, looping);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { op, args } = node as Node;
  let inside = looping;
  if (op === 'call' || op === 'rcall') {
    const name = String((args as unknown[])[0]);
    if (!functions.has(name)) throw new Error(`"${name}" is not available`);
    if (loops.has(name)) {
      if (looping) throw new Error(`"${name}" stands inside another loop`);
      inside = true;
    }
  }
  if (op !== 'value') refuseCostly(args, inside);
}

/** `computed` sees the record alone, `condition` must be true or false. Throws on what is not CEL, names the unknown or costs too much. */
export function compileCel(source: string, purpose: 'computed' | 'lock' | 'guard'): Expression {
  const parsed = (purpose === 'guard' ? guards : base).parse(source);
  refuseCostly(parsed.ast, false);
  const checked = parsed.check();
  if (!checked.valid) throw new Error(checked.error?.message.split('\n')[0] ?? 'not valid');
  if (purpose !== 'computed' && checked.type !== 'bool' && checked.type !== 'dyn') {
    throw new Error(`gives ${checked.type}, not true or false`);
  }
  return { evaluate: values => parsed(values as Record<string, unknown>) };
}

/** A handler value as CEL sees it: whole numbers are int, instants epoch milliseconds, decimals double. */
export function toCel(node: FieldJson | undefined, value: unknown): unknown {
  if (value == null) return null;
  if (node?.kind === 'decimal') return Number(value);
  if (node?.kind === 'geo') return value;
  if (node?.kind === 'list') return (value as unknown[]).map(item => toCel(node.of, item));
  if (node?.kind === 'object') return recordToCel(node.fields, value as Record<string, unknown>);
  return plainToCel(value);
}

function plainToCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(plainToCel);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainToCel(member)]));
  }
  return value ?? null;
}

export function recordToCel(fields: FieldsJson, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) result[name] = toCel(fields[name], value);
  return result;
}

/** Settings and actors: whatever is a whole number is an int. */
export const valuesToCel = (values: Readonly<Record<string, unknown>>): unknown => plainToCel(values);

/** What an expression gave as a field's handler value; undefined where it does not fit the kind. */
export function fromCel(node: FieldJson, value: unknown): unknown {
  if (value == null) return node.required ? undefined : null;
  switch (node.kind) {
    case 'int':
    case 'duration':
    case 'instant': {
      const number = Number(value);
      return typeof value !== 'boolean' && Number.isSafeInteger(number) ? number : undefined;
    }
    case 'decimal':
      return Number.isFinite(Number(value)) ? Number(value).toFixed(node.scale) : undefined;
    case 'money': {
      const { amount, currency } = value as { amount?: unknown; currency?: unknown };
      const whole = Number(amount);
      return Number.isSafeInteger(whole) && typeof currency === 'string' ? { amount: whole, currency } : undefined;
    }
    case 'list': {
      const items = Array.isArray(value) ? value.map(item => fromCel(node.of, item)) : [undefined];
      return items.includes(undefined) ? undefined : items;
    }
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'json':
      return jsonFromCel(value);
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

/** Undefined where JSON has no such value: bytes, unsigned numbers, whole numbers that it would round, what is infinite. */
function jsonFromCel(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  if (Array.isArray(value)) {
    const items = value.map(jsonFromCel);
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const members = Object.entries(value).map(([key, member]) => [key, jsonFromCel(member)] as const);
  return members.some(([, member]) => member === undefined) ? undefined : Object.fromEntries(members);
}
