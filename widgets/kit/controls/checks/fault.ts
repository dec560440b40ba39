/** What can be wrong with one value; a sentence for each is in the words of the controls. */

export type FaultCode =
  | 'required'
  | 'type'
  | 'unknown'
  | 'tooShort'
  | 'tooLong'
  | 'low'
  | 'high'
  | 'decimals'
  | 'number'
  | 'email'
  | 'phone'
  | 'url'
  | 'slug'
  | 'colour'
  | 'character'
  | 'choice'
  | 'many'
  | 'date'
  | 'early'
  | 'late'
  | 'unavailable'
  | 'time'
  | 'zone'
  | 'currency'
  | 'country'
  | 'file'
  | 'waiting'
  | 'refused'
  | 'half'
  | 'address';

/** `limit` is the bound that was passed: characters, a number, members of a list. */
export interface Fault {
  readonly code: FaultCode;
  readonly limit?: number | string;
}

export const fault = (code: FaultCode, limit?: number | string): Fault =>
  limit === undefined ? { code } : { code, limit };
