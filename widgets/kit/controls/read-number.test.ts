import fc from 'fast-check';
import { same } from '../../../embed-sdk/testing/assert.ts';
import { readNumber } from './read-number.ts';

const locales = ['en', 'de', 'cs', 'es', 'fr', 'de-CH', 'en-IN', 'ar-EG', 'fa', 'hi', 'sv', 'pl', 'pt-BR'];

describe('reading numbers', () => {
  it('reads what Intl writes, in every locale', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.nat(2),
        (locale, minor, scale) => {
          const value = minor / 10 ** scale;
          const text = new Intl.NumberFormat(locale, { maximumFractionDigits: scale }).format(value);
          // One group of three after a lone mark is ambiguous only where the mark is the decimal one, and those have other digits.
          same(readNumber(text, locale), `${value}`, `${text} in ${locale}`);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads what people paste', () => {
    const given: readonly [string, string, string | undefined][] = [
      ['1.234,50 €', 'de', '1234.5'],
      ['€1,234.50', 'de', '1234.5'],
      ["CHF 1'234.–", 'de-CH', '1234'],
      ['12,-', 'cs', '12'],
      ['1 234 Kč', 'cs', '1234'],
      ['1.234', 'cs', '1234'],
      ['1.234', 'en', '1.234'],
      ['1,234', 'en', '1234'],
      ['1.5', 'de', '1.5'],
      ['.5', 'en', '0.5'],
      ['−3', 'en', '-3'],
      ['-0', 'en', '0'],
      ['1.2,3.4', 'de', undefined],
      ['', 'en', undefined],
      ['1-2', 'en', undefined],
    ];
    for (const [text, locale, value] of given) same(readNumber(text, locale, true), value, `${text} in ${locale}`);
    same(readNumber('12 a', 'en'), undefined, 'letters in a number');
  });
});
