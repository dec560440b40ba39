import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { campaignParts, longestPart } from '../../schemas/protocol/campaign.ts';
import { parseCampaign } from './parse-campaign.ts';

test('reads the five parts of an address', () => {
  const header =
    'utm_source=letter&utm_medium=e-mail&utm_campaign=Spring+sale&utm_term=cut%20%26%20dry&utm_content=jarn%C3%AD';
  assert.deepEqual(parseCampaign(header), {
    source: 'letter',
    medium: 'e-mail',
    campaign: 'Spring sale',
    term: 'cut & dry',
    content: 'jarní',
  });
  assert.deepEqual(parseCampaign('?utm_source=%20letter%20'), { source: 'letter' });
});

test('leaves out what is not well formed, and keeps the rest', () => {
  const long = 'x'.repeat(longestPart + 1);
  for (const bad of [long, 'a%00b', 'a%0Ab', '%FF', '%E2%80%AEabc', '%20', ''])
    assert.deepEqual(parseCampaign(`utm_source=${bad}&utm_medium=cpc`), { medium: 'cpc' }, bad);
  for (const nothing of [
    null,
    undefined,
    '',
    'utm_source',
    'utm_id=7&name=Ada',
    'source=a',
    'utm_=a',
    'utm_source=a\u0080',
    `utm_source=a&x=${'y'.repeat(8000)}`,
    'utm___proto__=a',
    'utm_constructor=a',
  ])
    assert.equal(parseCampaign(nothing), undefined, String(nothing));
});

test('a part that comes again begins another address', () => {
  assert.deepEqual(parseCampaign('utm_source=b&utm_source=a&utm_campaign=spring'), { source: 'b' });
  assert.deepEqual(parseCampaign(`utm_source=${'x'.repeat(200)}&utm_source=a`), undefined);
});

test('any header gives five texts at most, each short and of one line, or nothing', () => {
  const near = fc
    .array(
      fc.tuple(fc.constantFrom(...campaignParts, 'id', '__proto__'), fc.string({ unit: 'binary', maxLength: 140 })),
    )
    .map(pairs =>
      new URLSearchParams(pairs.map(([name, value]): [string, string] => [`utm_${name}`, value])).toString(),
    );
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), near), header => {
      const said = parseCampaign(header);
      if (said === undefined) return;
      const entries = Object.entries(said);
      assert.ok(entries.length > 0);
      for (const [name, text] of entries) {
        assert.ok((campaignParts as readonly string[]).includes(name));
        assert.ok(text.length > 0 && text.length <= longestPart && text === text.trim());
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
        assert.doesNotMatch(text, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      }
      const again = new URLSearchParams(entries.map(([name, text]): [string, string] => [`utm_${name}`, text]));
      assert.deepEqual(parseCampaign(again.toString()), said);
    }),
    { numRuns: 1000 },
  );
});
