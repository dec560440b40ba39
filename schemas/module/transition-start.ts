/** What a record is when a step may begin: the state is one of `from`, and other fields are as `where` says. */
import type { StatesJson } from './manifest.ts';

type Values = readonly (string | boolean)[];

/** By field, the values of which it must have one. */
export const startsOf = ({ field, transitions }: StatesJson, name: string): Readonly<Record<string, Values>> => {
  const { from, where } = transitions[name]!;
  return { ...where, [field]: from };
};

/** A field that is not told of the record hinders nothing here: the commit judges it. */
export const canBegin = (states: StatesJson, name: string, record: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(startsOf(states, name)).every(
    ([field, values]) => !(field in record) || values.includes(record[field] as string | boolean),
  );

/** ` while payment is awaiting and …`, of these fields; empty where `where` says nothing of them. */
export const whileText = (
  { where = {} }: StatesJson['transitions'][string],
  shown: Readonly<Record<string, unknown>>,
  quote = (text: string): string => text,
): string => {
  const told = Object.entries(where).filter(([field]) => field in shown);
  const conditions = told.map(
    ([field, values]) => `${quote(field)} is ${values.map(value => quote(String(value))).join(' or ')}`,
  );
  return conditions[0] ? ` while ${conditions.join(' and ')}` : '';
};
