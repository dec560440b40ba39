/** Checks of text, as the server makes them. */
import type { TextFormat } from '../../../../schemas/module/field.ts';
import { type Fault, fault } from './fault.ts';

export interface TextLimits {
  /** UTF-16 code units. */
  readonly min?: number;
  readonly max?: number;
  readonly format?: TextFormat;
}

/** A number as people write it, without what only makes it readable; 00 is the plus of a country code. */
export const barePhone = (text: string): string =>
  text
    .trim()
    .replace(/[\s().\-/]/g, '')
    .replace(/^00/, '+');

const email = /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

const formats: Readonly<Record<TextFormat, (text: string) => boolean>> = {
  email: text => email.test(text.trim().toLowerCase()),
  phone: text => /^(?:\+?\d{4,18})?$/.test(barePhone(text)),
  url: text => /^https?:\/\//i.test(text.trim()) && URL.canParse(text.trim()),
  slug: text => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text),
  colour: text => /^#[0-9a-f]{6}$/i.test(text),
};

export const checkText = ({ min = 0, max = 10_000, format }: TextLimits, value: unknown): Fault | undefined => {
  if (typeof value !== 'string') return fault('type');
  if (value.length < min) return fault('tooShort', min);
  if (value.length > max) return fault('tooLong', max);
  // SQLite ends a text at U+0000.
  if (value.includes('\0')) return fault('character');
  return format && !formats[format](value) ? fault(format) : undefined;
};
