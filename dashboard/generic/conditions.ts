/** One condition of a filter: field, operator, value as text; which operators a field of each kind offers. */
import type { FieldJson } from '../api/manifest-reader.ts';
import type { StringKey } from '../strings/translate.ts';
import { fromWallClock } from './zoned.ts';

export interface Condition {
  readonly field: string;
  readonly op: ConditionOp;
  /** Values of `in` and `nin` are joined by commas; days are `2027-03-01`. */
  readonly value: string;
}

const ops = ['eq', 'in', 'nin', 'contains', 'startsWith', 'gte', 'lte', 'empty', 'filled'] as const;
export type ConditionOp = (typeof ops)[number];

/** `priority` and `in:low,high`; null for what is no condition. */
export const readCondition = (field: string, text: string): Condition | null => {
  const [, name, value] = /^(\w+)(?::([\s\S]*))?$/.exec(text) ?? [];
  const op = ops.find(known => known === name);
  return op ? { field, op, value: value ?? '' } : null;
};

export const writeCondition = ({ op, value }: Condition): string => (value === '' ? op : `${op}:${value}`);

const kinds: Partial<Record<FieldJson['kind'], readonly ConditionOp[]>> = {
  text: ['contains', 'startsWith', 'eq'],
  enum: ['in', 'nin'],
  bool: ['eq'],
  int: ['eq', 'gte', 'lte'],
  decimal: ['eq', 'gte', 'lte'],
  duration: ['eq', 'gte', 'lte'],
  date: ['eq', 'gte', 'lte'],
  instant: ['gte', 'lte'],
  localTime: ['gte', 'lte'],
  zone: ['eq'],
  ref: ['eq'],
};

/** None for a field that cannot be filtered by. */
export const operatorsOf = (field: FieldJson): readonly ConditionOp[] => {
  const own = field.hidden || field.encrypted || field.translated ? undefined : kinds[field.kind];
  if (!own) return [];
  return field.required ? own : [...own, 'empty', 'filled'];
};

export const needsValue = (op: ConditionOp): boolean => op !== 'empty' && op !== 'filled';

/** A condition that still lacks its value asks for nothing. */
export const isComplete = ({ op, value }: Condition): boolean => !needsValue(op) || value !== '';

const ofDays = new Set<FieldJson['kind']>(['date', 'instant', 'localTime']);

/** How the operator reads for this kind. */
export const operatorLabel = (field: FieldJson, op: ConditionOp): StringKey =>
  ofDays.has(field.kind) && (op === 'gte' || op === 'lte') ? `op.${op}.day` : `op.${op}`;

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The API's form; a day is judged by the zone's calendar. */
export const conditionFilter = (
  field: FieldJson,
  { op, value }: Condition,
  zone: string,
): Readonly<Record<string, string | boolean>> => {
  if (op === 'empty') return { null: true };
  if (op === 'filled') return { null: false };
  if (value === '') return {};
  if (field.kind !== 'instant') return { [op]: value };
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return {};
  return op === 'lte'
    ? { lt: fromWallClock(`${nextDay(value)}T00:00`, zone) }
    : { gte: fromWallClock(`${value}T00:00`, zone) };
};
