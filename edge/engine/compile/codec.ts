/** Per field kind: its columns, and the way between SQLite, handlers and JSON. */
import * as z from 'zod';
import type { FieldJson, FieldsJson } from '../../../schemas/module/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import { isDate, isTime, isZone, parseInstant, toRfc3339 } from '../../../schemas/time/index.ts';
import { address, encrypted, fileId, geo, sequence, translated } from './codec-kinds.ts';

/** What a row holds, in column order. */
export type SqlRow = readonly SqlValue[];

export interface Codec {
  /** Suffix of each column's name (empty for the field's own) and its STRICT type. */
  readonly columns: readonly { readonly suffix: string; readonly type: 'TEXT' | 'INTEGER' | 'REAL' }[];
  /** JSON in, handler value out. */
  readonly schema: z.ZodType;
  toSql(value: unknown): readonly SqlValue[];
  /** Reads the value whose columns start at `at`. */
  fromSql(row: SqlRow, at: number): unknown;
  /** Handler value to JSON. */
  toJson(value: unknown): unknown;
}

const one = (type: 'TEXT' | 'INTEGER') => [{ suffix: '', type }] as const;
const identity = (value: unknown) => value;
const plain = (type: 'TEXT' | 'INTEGER', schema: z.ZodType): Codec => ({
  columns: one(type),
  schema,
  toSql: value => [(value ?? null) as SqlValue],
  fromSql: (row, at) => row[at],
  toJson: identity,
});

/** RFC 5321 section 2.3.11 lets a local part be case-sensitive; no business means two people by it. */
const email = z
  .string()
  .transform(text => text.trim().toLowerCase())
  .pipe(z.email('Enter an e-mail address like name@example.com'));

const phone = z
  .string()
  .transform(text =>
    text
      .trim()
      .replace(/[\s().\-/]/g, '')
      .replace(/^00/, '+'),
  )
  .pipe(z.string().regex(/^(?:\+?\d{4,18})?$/, 'Enter a phone number, best with its country code'));

const formats = {
  email,
  phone,
  url: z.url({ protocol: /^https?$/, error: 'Enter a web address that starts with https://' }),
  slug: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single dashes'),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'Enter a colour like #1a7f8e'),
} as const;

const instant = z.string('Enter a date and time').transform((text, ctx) => {
  const value = parseInstant(text);
  if (value === undefined) ctx.addIssue({ code: 'custom', message: 'Enter an instant like 2026-04-10T09:00:00Z' });
  return value ?? z.NEVER;
});

const refuse = (test: (text: string) => boolean, message: string) =>
  z.string(message).max(64, message).refine(test, message);

/** SQLite ends a text at U+0000. */
const holdsNoNul = (value: string) => !value.includes('\0');
const idMessage = 'Enter the id of a record';
const nulMessage = 'This holds a character that text cannot have';

function text(node: Extract<FieldJson, { kind: 'text' }>): z.ZodType {
  const most = node.max ?? 10_000;
  const bounded = z
    .string('Enter a text')
    .min(node.min ?? 0, node.min ? 'This is needed' : undefined)
    .max(most, `Enter at most ${most} characters`)
    .refine(holdsNoNul, nulMessage);
  return node.format ? bounded.pipe(formats[node.format]) : bounded;
}

function integer({ min, max }: { min?: number; max?: number }): z.ZodType {
  const bounded = z.int('Enter a whole number');
  const least = min === undefined ? bounded : bounded.min(min, `Enter at least ${min}`);
  return max === undefined ? least : least.max(max, `Enter at most ${max}`);
}

function decimal(scale: number): Codec {
  const pattern = new RegExp(scale > 0 ? `^-?\\d{1,15}(?:\\.\\d{1,${scale}})?$` : '^-?\\d{1,15}$');
  const textOf = (scaled: bigint): string => {
    const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
    const text = scale > 0 ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
    return scaled < 0n ? `-${text}` : text;
  };
  const scaledOf = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  };
  return {
    columns: one('INTEGER'),
    schema: z
      .string('Enter a number as text')
      .regex(pattern, `Enter a number with at most ${scale} decimals`)
      // One number has one text, so that a reply to a write is what a read will say.
      .transform(text => textOf(scaledOf(text))),
    toSql: value => [value == null ? null : scaledOf(String(value))],
    fromSql: (row, at) => (row[at] == null ? null : textOf(BigInt(row[at] as number))),
    toJson: identity,
  };
}

const money: Codec = {
  columns: [
    { suffix: '_amount', type: 'INTEGER' },
    { suffix: '_currency', type: 'TEXT' },
  ],
  schema: z.strictObject({
    amount: z.int('Enter the amount in the smallest unit, a whole number'),
    currency: z.string('Use an ISO 4217 code like EUR').regex(/^[A-Z]{3}$/, 'Use an ISO 4217 code like EUR'),
  }),
  toSql: value => {
    const m = value as { amount: number; currency: string } | null | undefined;
    return m ? [m.amount, m.currency] : [null, null];
  },
  fromSql: (row, at) => (row[at] == null ? null : { amount: row[at], currency: row[at + 1] }),
  toJson: identity,
};

/** Lists and objects are one JSON column; their members keep their own checks. */
function structured(schema: z.ZodType, toJson: (value: unknown) => unknown): Codec {
  return {
    columns: one('TEXT'),
    schema,
    toSql: value => [value == null ? null : JSON.stringify(value)],
    fromSql: (row, at) => (row[at] == null ? null : JSON.parse(row[at] as string)),
    toJson,
  };
}

/** The codec of one field. */
export function codecOf(node: FieldJson): Codec {
  return node.encrypted ? encrypted(codecOfKind(node)) : codecOfKind(node);
}

function codecOfKind(node: FieldJson): Codec {
  switch (node.kind) {
    case 'text':
      return node.translated ? translated(text(node)) : plain('TEXT', text(node));
    case 'geo':
      return geo;
    case 'address':
      return address;
    case 'file':
      return fileId;
    case 'sequence':
      return sequence;
    case 'richText':
      return plain(
        'TEXT',
        z
          .string('Enter a text')
          .max(node.max ?? 100_000, `Enter at most ${node.max ?? 100_000} characters`)
          .refine(holdsNoNul, nulMessage),
      );
    case 'int':
    case 'duration':
      return plain('INTEGER', integer(node));
    case 'decimal':
      return decimal(node.scale);
    case 'money':
      return money;
    case 'bool':
      return {
        columns: one('INTEGER'),
        schema: node.accepted ? z.literal(true, 'This has to be accepted') : z.boolean('Enter true or false'),
        toSql: value => [value == null ? null : value ? 1 : 0],
        fromSql: (row, at) => (row[at] == null ? null : row[at] === 1),
        toJson: identity,
      };
    case 'date':
      return plain('TEXT', refuse(isDate, 'Enter a date like 2026-04-10'));
    case 'localTime':
      return plain(
        'TEXT',
        refuse(value => isTime(value) || value === '24:00', 'Enter a time like 09:30'),
      );
    case 'zone':
      return plain('TEXT', refuse(isZone, 'Enter a time zone like Europe/Prague'));
    case 'instant':
      return { ...plain('INTEGER', instant), toJson: value => (value == null ? null : toRfc3339(value as number)) };
    case 'enum':
      return plain('TEXT', z.enum(node.values as [string, ...string[]], `Choose one of: ${node.values.join(', ')}`));
    case 'ref':
      return plain('TEXT', z.string(idMessage).min(1, idMessage).max(60, idMessage).refine(holdsNoNul, nulMessage));
    case 'list': {
      const item = codecOf(node.of);
      return structured(
        z.array(item.schema, 'Enter a list').max(node.max ?? 1000, `Enter at most ${node.max ?? 1000} entries`),
        value => (item.toJson === identity || value == null ? (value ?? null) : (value as unknown[]).map(item.toJson)),
      );
    }
    case 'object':
      return structured(inputSchema(node.fields), encoder(node.fields));
    case 'json':
      return structured(z.json(), identity);
  }
}

/** Optionality and default of a field around its kind's own check. */
function wrap(node: FieldJson, schema: z.ZodType): z.ZodType {
  if (!node.required) return node.default === undefined ? schema.nullish() : schema.nullable().default(node.default);
  return node.default === undefined ? schema : schema.default(node.default);
}

/** Checks JSON against fields: unknown members are refused, defaults filled in. */
export function inputSchema(fields: FieldsJson, options: { partial?: boolean } = {}): z.ZodType {
  const shape = Object.entries(fields).map(([name, node]) => {
    const schema = codecOf(node).schema;
    const partial = node.required ? schema.optional() : schema.nullish();
    return [name, options.partial ? partial : wrap(node, schema)] as const;
  });
  return z.strictObject(Object.fromEntries(shape));
}

/** Turns a handler's object into JSON and refuses what the manifest does not declare. Throws `TypeError`. */
export function encoder(fields: FieldsJson): (value: unknown) => unknown {
  const members = Object.entries(fields).map(([name, node]) => ({ name, node, toJson: codecOf(node).toJson }));
  return value => {
    if (value == null) return value;
    const source = value as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    let seen = 0;
    for (const { name, node, toJson } of members) {
      const member = source[name];
      if (name in source) seen += 1;
      if (member == null) {
        if (node.required && node.default === undefined) throw new TypeError(`"${name}" is missing`);
        result[name] = node.default === undefined ? null : toJson(node.default);
      } else result[name] = toJson(member);
    }
    if (seen !== Object.keys(source).length) {
      throw new TypeError(
        `undeclared: ${Object.keys(source)
          .filter(name => !(name in fields))
          .join(', ')}`,
      );
    }
    return result;
  };
}
