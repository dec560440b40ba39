/** The control of each field of a form, and the way back from what a control holds to what the schema takes. */
import { Problem } from '../../schemas/errors/index.ts';
import type { FieldJson, FieldsJson, GenericWidgetJson } from '../../schemas/module/index.ts';
import { exponentOf, parseMinor } from '../../schemas/money/index.ts';
import type { FormControl, FormSubmission } from '../../schemas/protocol/index.ts';
import type { Wording } from './wording.ts';

/** Longer texts get an area of their own. */
const oneLine = 200;
/** More choices than these are searched. */
const mostNative = 12;
/** What a browser may fill in for a field of this name (HTML, autofill). */
const autofill: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'email',
  phone: 'tel',
  company: 'organization',
  organisation: 'organization',
};

type Attributes = Record<string, string | number | undefined>;

export function controlOf(name: string, node: FieldJson, wording: Wording, widget: GenericWidgetJson): FormControl {
  const area = node.kind === 'richText' || (node.kind === 'text' && !node.format && (node.max ?? 10_000) > oneLine);
  const as = node.kind === 'enum' ? 'select' : area ? 'textarea' : 'input';
  const given = { ...attributesOf(node, widget.currency), autocomplete: autofill[name] ?? 'off' };
  const attrs = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, `${value}`]]));
  const part = widget.parts?.[name];
  const chosen = node.kind === 'enum' && node.default !== undefined;
  return {
    name,
    label: wording.label(name),
    ...(node.help ? { help: node.help } : {}),
    // What begins with an answer is never empty.
    ...(isNeeded(node) || chosen ? { required: true } : {}),
    as,
    attrs: Object.fromEntries(attrs),
    ...optionsOf(name, node, wording),
    ...(chosen ? { value: node.default as string } : {}),
    ...(part || isRich(node) ? { field: shownNode(node) } : {}),
    ...(part ? { part } : {}),
  };
}

function optionsOf(name: string, node: FieldJson, wording: Wording): Pick<FormControl, 'options'> {
  const list = node.kind === 'list' ? node.of : node;
  if (list.kind !== 'enum') return {};
  const options = list.values.map(value => [value, wording.value(name, value)] as const);
  const empty = node.kind === 'enum' && node.default === undefined ? [['', wording.kit['kit.choose']] as const] : [];
  return { options: [...empty, ...options] };
}

/** Fields whose control of the kit is better than a native one. */
function isRich(node: FieldJson): boolean {
  if (node.kind === 'text') return node.format === 'phone';
  if (node.kind === 'enum') return node.values.length > mostNative;
  return !['richText', 'int', 'duration', 'bool'].includes(node.kind);
}

/** What the control is told of its field. */
function shownNode({ id: _, column: __, index: ___, search: ____, pii: _____, label: ______, ...node }: FieldJson) {
  return node as FieldJson;
}

/** A box that is not ticked has an answer too, where both answers are taken. */
const isNeeded = (node: FieldJson): boolean =>
  node.required &&
  node.default === undefined &&
  !(node.kind === 'bool' && !node.accepted) &&
  !(node.kind === 'text' && node.min === 0);

const inputTypes = { email: 'email', phone: 'tel', url: 'url', slug: 'text', colour: 'color' } as const;

function attributesOf(node: FieldJson, currency = ''): Attributes {
  switch (node.kind) {
    case 'text':
      return {
        type: node.format ? inputTypes[node.format] : 'text',
        minlength: node.min,
        maxlength: node.max,
        rows: (node.max ?? 0) > oneLine ? 4 : undefined,
      };
    case 'richText':
      return { maxlength: node.max, rows: 6 };
    case 'int':
    case 'duration':
      return { type: 'number', min: node.min, max: node.max, step: 1 };
    case 'decimal':
      return { type: 'number', step: 10 ** -node.scale };
    case 'money':
      return { type: 'number', step: 10 ** -exponentOf(currency), inputmode: 'decimal', placeholder: currency };
    case 'bool':
      return { type: 'checkbox' };
    case 'date':
      return { type: 'date' };
    case 'instant':
      return { type: 'datetime-local' };
    case 'localTime':
      return { type: 'time' };
    default:
      return {};
  }
}

/** Values as the schema takes them; what is no number stays as it was, for the schema to refuse. Throws VALIDATION_FAILED. */
export function valuesOf(
  fields: FieldsJson,
  names: readonly string[],
  given: FormSubmission['values'],
  currency: string | undefined,
): Record<string, unknown> {
  const unknown = Object.keys(given).filter(name => !names.includes(name));
  if (unknown.length > 0) refuse(unknown, 'UNKNOWN_FIELD', 'There is no such field');
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const node = fields[name]!;
    const value = given[name] ?? '';
    if (node.kind === 'bool') values[name] = value === true || value === 'on';
    else if (typeof value === 'string' && value !== '') values[name] = fieldValue(node, value, currency);
    else if (value !== '') values[name] = value;
  }
  const foreign = names.filter(name => fields[name]!.kind === 'money' && isForeign(values[name], currency));
  if (foreign.length > 0) refuse(foreign, 'CURRENCY', `Enter an amount in ${currency}`);
  return values;
}

const isForeign = (value: unknown, currency: string | undefined): boolean =>
  typeof value === 'object' && (value as { currency?: unknown } | null)?.currency !== currency;

function refuse(names: readonly string[], code: string, message: string): never {
  throw Problem.of('VALIDATION_FAILED', { errors: names.map(name => ({ pointer: `/${name}`, code, message })) });
}

function fieldValue(node: FieldJson, text: string, currency = ''): unknown {
  if (node.kind === 'int' || node.kind === 'duration') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (node.kind !== 'money') return text;
  const amount = parseMinor(text, currency);
  return amount === undefined ? text : { amount, currency };
}
