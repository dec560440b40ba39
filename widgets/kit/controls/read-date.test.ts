import fc from 'fast-check';
import { same } from '../../../embed-sdk/testing/assert.ts';
import { addDays } from '../dates.ts';
import { dateFigures, readDate } from './read-date.ts';

const locales = ['en', 'en-GB', 'de', 'cs', 'es', 'fr', 'ar-EG', 'fa', 'th', 'ja', 'hu', 'sv', 'ko', 'hi'];

describe('reading dates', () => {
  it('reads what Intl writes, in every language', () => {
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.integer({ min: -36_000, max: 36_000 }), (locale, days) => {
        const date = addDays('2000-01-01', days);
        const text = dateFigures(locale).format(Date.parse(date));
        same(readDate(text, locale, '2026-11-21'), date, `${text} in ${locale}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads what people type', () => {
    const given: readonly [string, string, string | undefined][] = [
      ['2026-04-10', 'en', '2026-04-10'],
      ['4/10/26', 'en', '2026-04-10'],
      ['10.4.26', 'de', '2026-04-10'],
      ['10. 4.', 'cs', '2026-04-10'],
      ['10042026', 'de', '2026-04-10'],
      ['100426', 'de', '2026-04-10'],
      ['1.2.67', 'de', '1967-02-01'],
      ['29.2.2027', 'de', undefined],
      ['13/1/2026', 'en', undefined],
      ['10', 'de', undefined],
      ['tomorrow 1 2 2026', 'en', undefined],
      ['', 'en', undefined],
    ];
    for (const [text, locale, date] of given) same(readDate(text, locale, '2026-11-21'), date, `${text} in ${locale}`);
  });
});
