import assert from 'node:assert/strict';
import { test } from 'node:test';
import { f } from '../../schemas/module/index.ts';
import { firstTexts } from './first-texts.ts';

const output = {
  services: f.list(f.object({ price: f.money().optional(), lengths: f.list(f.duration()), name: f.text() })).json,
  deposit: f.money().optional().json,
};

test('amounts and lengths of a prefetch are words in the language of the session', () => {
  const data = {
    services: [
      { price: { amount: 4200, currency: 'EUR' }, lengths: [30, 90], name: 'Cut' },
      { price: { amount: 4250, currency: 'EUR' }, lengths: [60], name: 'Colour' },
      { price: null, lengths: [], name: 'Talk' },
    ],
    more: { amount: 1, currency: 'EUR' },
  };
  assert.deepEqual(firstTexts(output, data, 'en'), {
    'money.4200.EUR': '€42',
    'money.4250.EUR': '€42.50',
    'length.30': '30 min',
    'length.60': '1 hr',
    'length.90': '1 hr 30 min',
  });
  const german = firstTexts(output, data, 'de');
  assert.equal(german['money.4250.EUR'], '42,50\u00a0€');
  assert.equal(german['length.90'], '1 Std. 30 Min.');
});

test('a prefetch that is nothing, or not what it says, has no words', () => {
  assert.deepEqual(firstTexts(output, null, 'en'), {});
  assert.deepEqual(firstTexts(output, {}, 'en'), {});
});
