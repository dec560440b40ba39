/** The kinds of fields that an aggregate can add up, put in order, or group by. */
import type { FieldJson } from '../../../schemas/module/index.ts';

type Kinds = ReadonlySet<FieldJson['kind']>;

export const summed: Kinds = new Set(['int', 'decimal', 'duration', 'money']);
export const ordered: Kinds = new Set([...summed, 'instant', 'date', 'localTime', 'text', 'enum', 'bool']);
export const grouped: Kinds = new Set([
  'text',
  'enum',
  'bool',
  'int',
  'duration',
  'date',
  'localTime',
  'zone',
  'ref',
  'instant',
]);
