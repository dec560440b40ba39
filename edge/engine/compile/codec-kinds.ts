/** The codecs of kinds with a shape of their own: places, files, numbers of a sequence, texts by locale, and what is encrypted. */
import * as z from 'zod';
import { countryCodes } from '../../../schemas/module/countries.ts';
import { localePattern } from '../../../schemas/module/index.ts';
import type { Codec } from './codec.ts';

const same = (value: unknown) => value;
const text = (max: number) => z.string().trim().min(1, 'This is needed').max(max);
const json: Pick<Codec, 'toSql' | 'fromSql'> = {
  toSql: value => [value == null ? null : JSON.stringify(value)],
  fromSql: (row, at) => (row[at] == null ? null : JSON.parse(row[at] as string)),
};
const oneText: Codec['columns'] = [{ suffix: '', type: 'TEXT' }];

/** WGS 84 degrees in two columns. */
export const geo: Codec = {
  columns: [
    { suffix: '_lat', type: 'REAL' },
    { suffix: '_lng', type: 'REAL' },
  ],
  schema: z.strictObject({
    lat: z.number().min(-90, 'A latitude is from -90 to 90').max(90, 'A latitude is from -90 to 90'),
    lng: z.number().min(-180, 'A longitude is from -180 to 180').max(180, 'A longitude is from -180 to 180'),
  }),
  toSql: value => {
    const point = value as { lat: number; lng: number } | null | undefined;
    return point ? [point.lat, point.lng] : [null, null];
  },
  fromSql: (row, at) => (row[at] == null ? null : { lat: row[at], lng: row[at + 1] }),
  toJson: same,
};

export const address: Codec = {
  columns: oneText,
  schema: z.strictObject({
    line1: text(200),
    line2: text(200).nullish(),
    city: text(100),
    region: text(100).nullish(),
    postalCode: text(20).nullish(),
    country: z.string().refine(code => countryCodes.has(code), 'Use a country code of ISO 3166-1 like CZ'),
  }),
  ...json,
  toJson: same,
};

/** The id of a file; whether there is one, the platform's files know. */
export const fileId: Codec = {
  columns: oneText,
  schema: z
    .string()
    .max(60)
    .regex(/^[A-Za-z0-9_-]+$/, 'Enter the id of a file'),
  toSql: value => [(value ?? null) as string | null],
  fromSql: (row, at) => row[at],
  toJson: same,
};

/** The number, and the day of the client's zone on which it was given. */
export const sequence: Codec = {
  columns: [
    { suffix: '', type: 'TEXT' },
    { suffix: '_day', type: 'TEXT' },
  ],
  schema: z.string().max(80),
  toSql: value => [(value ?? null) as string | null, null],
  fromSql: (row, at) => row[at],
  toJson: same,
};

/** One text sets the asked locale's; an object sets them all. */
export function translated(bounded: z.ZodType): Codec {
  return {
    columns: oneText,
    schema: z.union([
      bounded,
      z.record(z.string().regex(localePattern, 'Use a language code like de or pt-BR'), bounded).refine(texts => {
        const count = Object.keys(texts).length;
        return count > 0 && count <= 50;
      }, 'Give at least one text'),
    ]),
    ...json,
    toJson: same,
  };
}

/** Its one column holds what the store's key has sealed; between SQL and here it is that sealed text. */
export function encrypted(inner: Codec): Codec {
  return {
    columns: oneText,
    schema: inner.schema,
    toSql: value => [(value ?? null) as string | null],
    fromSql: (row, at) => row[at],
    toJson: inner.toJson,
  };
}
