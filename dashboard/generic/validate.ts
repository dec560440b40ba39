/** Checks a form before it is sent, in the shape in which the server would answer. */
import type { FieldProblem } from '../../schemas/errors/index.ts';
import type { FieldJson, FieldsJson } from '../api/manifest-reader.ts';
import { t } from '../strings/translate.ts';
import { Unreadable } from './unreadable.ts';

export type Values = Readonly<Record<string, unknown>>;

const empty = (value: unknown): boolean => value === undefined || value === null || value === '';

const checkOne = (field: FieldJson, value: unknown, pointer: string): FieldProblem[] => {
  const wrong = (message: string): FieldProblem[] => [{ pointer, code: 'INVALID', message }];
  if (value instanceof Unreadable) return wrong(field.kind === 'json' ? t('invalid.json') : t('invalid.value'));
  if (empty(value)) {
    const blankText = value === '' && field.kind === 'text' && !field.min;
    return field.required && field.default === undefined && field.kind !== 'bool' && !blankText
      ? wrong(t('invalid.required'))
      : [];
  }
  switch (field.kind) {
    case 'text':
    case 'richText': {
      const text = value as string;
      if (field.max !== undefined && text.length > field.max) return wrong(t('invalid.long', { max: field.max }));
      if (field.kind === 'text' && field.min !== undefined && text.length < field.min)
        return wrong(t('invalid.short', { min: field.min }));
      return [];
    }
    case 'int':
    case 'duration': {
      const number = value as number;
      if (!Number.isInteger(number)) return wrong(t('invalid.whole'));
      if (field.min !== undefined && number < field.min) return wrong(t('invalid.small', { min: field.min }));
      if (field.max !== undefined && number > field.max) return wrong(t('invalid.big', { max: field.max }));
      return [];
    }
    case 'list': {
      const items = value as readonly unknown[];
      if (field.max !== undefined && items.length > field.max) return wrong(t('invalid.many', { max: field.max }));
      return items.flatMap((item, index) => checkOne(field.of, item, `${pointer}/${index}`));
    }
    case 'object':
      return validate(field.fields, value as Values, pointer);
    default:
      return [];
  }
};

/** What is wrong with the values, by JSON Pointer. */
export const validate = (fields: FieldsJson, values: Values, at = ''): FieldProblem[] =>
  Object.entries(fields).flatMap(([name, field]) => checkOne(field, values[name], `${at}/${name}`));

/** Values that a new record starts with. */
export const startingValues = (fields: FieldsJson): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, field]) => [name, startingValue(field)])
      .filter(([, value]) => value !== undefined),
  );

export const startingValue = (field: FieldJson): unknown => {
  if (field.default !== undefined) return structuredClone(field.default);
  if (!field.required) return undefined;
  if (field.kind === 'bool') return false;
  if (field.kind === 'list') return [];
  if (field.kind === 'object') return startingValues(field.fields);
  if (field.kind === 'json') return {};
  return undefined;
};
