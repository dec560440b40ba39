import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookUpLocale, textFor } from '../../schemas/module/index.ts';
import { acceptedLanguages } from './text-locale.ts';

test('the header is read by weight, and what it rules out or nobody speaks is left out', () => {
  assert.deepEqual(acceptedLanguages('en;q=0.5, de-at, fr;q=0, *;q=0.1, pt-br;q=0.51'), ['de-AT', 'pt-BR', 'en']);
  assert.deepEqual(acceptedLanguages('zh-hant-tw, x-klingon, , ;q=1, de;q=2'), ['zh-Hant-TW', 'de']);
  assert.deepEqual(acceptedLanguages(Array(50).fill('de').join(',')).length, 10);
});

test('a text is chosen by tag, by its shorter forms, by the next wish, and is the first one at last', () => {
  const texts = { cs: 'a', 'zh-Hant': 'b', en: 'c' };
  assert.equal(textFor(texts, ['zh-Hant-TW', 'cs']), 'b');
  assert.equal(textFor(texts, ['fr', 'en-GB']), 'c');
  assert.equal(textFor(texts, ['fr', 'constructor']), 'a');
  assert.equal(textFor({}, ['en']), undefined);
  assert.equal(
    lookUpLocale('de', () => false),
    undefined,
  );
});
