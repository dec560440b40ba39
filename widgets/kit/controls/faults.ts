/** What the server would refuse of an action's input, by JSON pointer: the manifest's limits for every kind of field. */
import { countryCodes } from '../../../schemas/module/countries.ts';
import type { FieldJson } from '../../../schemas/module/field.ts';
import type { FieldsJson } from '../../../schemas/module/manifest.ts';
import { localePattern } from '../../../schemas/module/translated.ts';
import { isDate } from '../../../schemas/time/date.ts';
import { isTime } from '../../../schemas/time/local-time.ts';
import { parseInstant } from '../../../schemas/time/rfc3339.ts';
import { isZone } from '../../../schemas/time/zone-name.ts';
import { type Fault, type FaultCode, fault } from './checks/fault.ts';
import { checkDecimal, checkInteger } from './checks/number-check.ts';
import { checkText } from './checks/text-check.ts';

export type Values = Readonly<Record<string, unknown>>;

/** A fault and where it is (RFC 6901). */
export interface FieldFault extends Fault {
  readonly pointer: string;
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const pointerTo = (at: string, name: string) => `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const one = (at: string, found: Fault | undefined): FieldFault[] => (found ? [{ pointer: at, ...found }] : []);
const unless = (right: boolean, code: FaultCode): Fault | undefined => (right ? undefined : fault(code));
const text = (value: unknown, test: (text: string) => boolean, code: FaultCode) =>
  unless(typeof value === 'string' && value.length <= 64 && test(value), code);

/** What parts of a place must hold: their names, the most characters, whether one may be missing. */
const addressParts: Readonly<Record<string, readonly [max: number, needed: boolean]>> = {
  line1: [200, true],
  line2: [200, false],
  city: [100, true],
  region: [100, false],
  postalCode: [20, false],
  country: [2, true],
};

const strangers = (known: object, value: Values, at: string): FieldFault[] =>
  Object.keys(value)
    .filter(name => !Object.hasOwn(known, name))
    .map(name => ({ pointer: pointerTo(at, name), code: 'unknown' }));

const addressFaults = (value: unknown, at: string): FieldFault[] => {
  if (!isObject(value)) return one(at, fault('type'));
  const parts = Object.entries(addressParts).flatMap(([name, [max, needed]]) => {
    const part = value[name];
    const pointer = `${at}/${name}`;
    if (part == null) return needed ? one(pointer, fault('required')) : [];
    if (typeof part !== 'string') return one(pointer, fault('type'));
    if (name === 'country') return one(pointer, unless(countryCodes.has(part), 'country'));
    const bare = part.trim();
    return one(pointer, bare ? (bare.length > max ? fault('tooLong', max) : undefined) : fault('required'));
  });
  return [...parts, ...strangers(addressParts, value, at)];
};

type Parts = Readonly<Record<string, (part: unknown) => Fault | undefined>>;

const degrees = (most: number) => (part: unknown) =>
  unless(typeof part === 'number' && part >= -most && part <= most, 'number');

/** Kinds whose value is an object with members of their own. */
const geo: Parts = { lat: degrees(90), lng: degrees(180) };
const money: Parts = {
  amount: part => checkInteger({}, part),
  currency: part => text(part, code => /^[A-Z]{3}$/.test(code), 'currency'),
};

const partFaults = (parts: Parts, value: unknown, at: string): FieldFault[] => {
  if (!isObject(value)) return one(at, fault('type'));
  const wrong = Object.entries(parts).flatMap(([name, check]) =>
    one(`${at}/${name}`, value[name] === undefined ? fault('required') : check(value[name])),
  );
  return [...wrong, ...strangers(parts, value, at)];
};

const translatedFaults = (field: Extract<FieldJson, { kind: 'text' }>, value: unknown, at: string): FieldFault[] => {
  if (!isObject(value)) return one(at, checkText(field, value));
  const texts = Object.entries(value);
  if (!texts.length) return one(at, fault('required'));
  if (texts.length > 50) return one(at, fault('many', 50));
  return texts.flatMap(([tag, part]) =>
    localePattern.test(tag) ? one(pointerTo(at, tag), checkText(field, part)) : one(at, fault('type')),
  );
};

const isJson = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isJson);
  if (isObject(value)) return Object.values(value).every(isJson);
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
};

/** What is wrong with a value that is there. */
export const valueFaults = (field: FieldJson, value: unknown, at: string): FieldFault[] => {
  switch (field.kind) {
    case 'text':
      return field.translated ? translatedFaults(field, value, at) : one(at, checkText(field, value));
    case 'richText':
      return one(at, checkText({ max: field.max ?? 100_000 }, value));
    case 'ref':
      return one(at, checkText({ min: 1, max: 60 }, value));
    case 'sequence':
      return one(at, unless(typeof value === 'string' && value.length <= 80, 'type'));
    case 'file':
      return one(at, unless(typeof value === 'string' && /^[\w-]{1,60}$/.test(value), 'file'));
    case 'int':
    case 'duration':
      return one(at, checkInteger(field, value));
    case 'decimal':
      return one(at, checkDecimal(field.scale, value));
    case 'money':
      return partFaults(money, value, at);
    case 'bool':
      if (field.accepted) return one(at, unless(value === true, 'required'));
      return one(at, unless(typeof value === 'boolean', 'type'));
    case 'date':
      return one(at, text(value, isDate, 'date'));
    case 'localTime':
      return one(
        at,
        text(value, time => isTime(time) || time === '24:00', 'time'),
      );
    case 'zone':
      return one(at, text(value, isZone, 'zone'));
    case 'instant':
      return one(at, unless(typeof value === 'string' && parseInstant(value) !== undefined, 'date'));
    case 'enum':
      return one(at, unless(field.values.includes(value as string), 'choice'));
    case 'list': {
      if (!Array.isArray(value)) return one(at, fault('type'));
      const max = field.max ?? 1000;
      if (value.length > max) return one(at, fault('many', max));
      return value.flatMap((item, index) => faultsAt(field.of, item, `${at}/${index}`));
    }
    case 'object':
      return isObject(value) ? faultsOf(field.fields, value, at) : one(at, fault('type'));
    case 'geo':
      return partFaults(geo, value, at);
    case 'address':
      return addressFaults(value, at);
    case 'json':
      return one(at, unless(isJson(value), 'type'));
  }
};

/** An item of a list has no modifiers: it is there or it is wrong. */
const faultsAt = (field: FieldJson, value: unknown, at: string): FieldFault[] =>
  value === undefined ? one(at, fault('required')) : valueFaults(field, value, at);

/** Everything wrong with the values of an action's input. */
export const faultsOf = (fields: FieldsJson, values: Values, at = ''): FieldFault[] => [
  ...Object.entries(fields).flatMap(([name, field]) => {
    const value = values[name];
    const pointer = pointerTo(at, name);
    if (value === undefined)
      return field.required && field.default === undefined ? one(pointer, fault('required')) : [];
    if (value === null && !field.required) return [];
    return valueFaults(field, value, pointer);
  }),
  ...strangers(fields, values, at),
];

/** What a form sends: without what was left empty, so that an untouched optional field is none and not an empty text. */
export const filledIn = (fields: FieldsJson, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const field = fields[name];
      if (value === undefined || value === null || value === '') return [];
      if (typeof value === 'string' && !value.trim()) return [];
      if (field?.kind !== 'object' || !isObject(value)) return [[name, value]];
      const inner = filledIn(field.fields, value);
      return Object.keys(inner).length || field.required ? [[name, inner]] : [];
    }),
  );
