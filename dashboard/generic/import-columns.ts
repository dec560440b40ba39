/** Columns of a CSV file and the fields that they fill. */
import { type EntityJson, type FieldJson, fieldLabel } from '../api/manifest-reader.ts';
import { editableFields } from './editable.ts';

/** A field as an import names it; money has two. */
export interface ImportTarget {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
}

export const importTargets = (entity: EntityJson): ImportTarget[] =>
  Object.entries(editableFields(entity, 'create'))
    .filter(([, field]) => !field.encrypted)
    .flatMap(([name, field]) => {
      const label = fieldLabel(name, field);
      const required = field.required && field.default === undefined;
      return field.kind === 'money'
        ? ['amount', 'currency'].map(part => ({ name: `${name}.${part}`, label: `${label}: ${part}`, required }))
        : [{ name, label, required }];
    });

const comparable = new Set<FieldJson['kind']>(['text', 'int', 'decimal', 'date', 'enum', 'ref']);

/** Fields by which a row may find the record that it changes. */
export const matchable = (entity: EntityJson, mapped: readonly string[]): string[] =>
  mapped.filter(name => comparable.has(entity.fields[name]?.kind ?? 'json'));

const plain = (text: string) => text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Column -> field, by name or label; a column that fits none is left out. */
export const guessMapping = (columns: readonly string[], targets: readonly ImportTarget[]): Record<string, string> => {
  const left = new Set(targets);
  const mapping: Record<string, string> = {};
  for (const column of columns) {
    const found = [...left].find(({ name, label }) => plain(name) === plain(column) || plain(label) === plain(column));
    if (!found) continue;
    left.delete(found);
    mapping[column] = found.name;
  }
  return mapping;
};
