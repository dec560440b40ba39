/** Words, dates, times and money in several languages and zones. */
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import { minutes, money } from './amounts.ts';
import { addDays, addMonths, weekdayIndex } from './dates.ts';
import { dateIn, hour, moment, time } from './format.ts';
import { createWords } from './words.ts';

const plain = (text: string) => text.replace(/\s/g, ' ');

describe('words', () => {
  it('fills places in, and picks the plural of the language', () => {
    const t = createWords('cs', {
      hello: 'Ahoj, {name}',
      'n.one': '{n} den',
      'n.few': '{n} dny',
      'n.other': '{n} dní',
    });
    same(t('hello', { name: 'Ano' }), 'Ahoj, Ano');
    same(
      [1, 2, 5].map(n => t('n', { n })),
      ['1 den', '2 dny', '5 dní'],
    );
    same(createWords('es', { 'n.one': 'a', 'n.other': 'b' })('n', { n: 1_000_000 }), 'b');
    same(t('missing'), 'missing');
  });
});

describe('format', () => {
  it('shows an instant in its zone', () => {
    same(plain(time('en-US', 'America/New_York', '2026-04-14T14:00:00Z')), '10:00 AM');
    same(plain(time('de', 'Europe/Prague', '2026-04-14T14:00:00Z')), '16:00');
    same(hour('Asia/Kolkata', '2026-04-14T18:31:00Z'), 0);
    same(dateIn('Asia/Tokyo', Date.parse('2026-04-14T15:00:00Z')), '2026-04-15');
    ok(moment('de', 'Europe/Prague', '2026-04-14T22:30:00Z').includes('15. April'), 'the day there');
  });

  it('shows money in its own digits and lengths in hours', () => {
    same(plain(money('de', { amount: 4200, currency: 'EUR' })), '42 €');
    same(plain(money('en', { amount: 1850, currency: 'EUR' })), '€18.50');
    same(plain(money('en', { amount: 4200, currency: 'JPY' })), '¥4,200');
    // What Intl writes without decimals is kept with two or three all the same.
    same(plain(money('hu', { amount: 123_400, currency: 'HUF' })), '1234 Ft');
    same(plain(money('en', { amount: 123_450, currency: 'HUF' })), 'HUF 1,234.50');
    same(plain(money('en', { amount: 1_500, currency: 'IQD' })), 'IQD 1.500');
    same(plain(minutes('en', 90)), '1 hr 30 min');
  });

  it('counts days and months', () => {
    same(addDays('2028-02-28', 2), '2028-03-01');
    same(addMonths('2026-12-31', 1), '2027-01-01');
    same([weekdayIndex('de', '2026-11-22'), weekdayIndex('en-US', '2026-11-22')], [6, 0]);
  });
});
