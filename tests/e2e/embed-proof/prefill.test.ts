/** What a page knows of its visitor is in the fields: said before the script came, or later, in the page and in a frame. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { steps } from './steps.ts';

const early = `<script>Inlay = Object.assign((...call) => Inlay.q.push(call), { q: [] })
  Inlay('prefill', { name: 'Ada', email: 'ada@example.com', note: 'By the window' })</script>`;

describe('prefill', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const mode of ['inline', 'frame'])
    for (const tag of ['inlay-booking', 'inlay-contact'])
      it(`${tag}, ${mode}: what was said early is there, what comes later is where nobody has typed`, async () => {
        const foreign = await world.open(
          `${early}${world.script()}<${tag} mode="${mode}" prefill='{"email":"own@example.com"}'></${tag}>`,
        );
        const { page } = foreign;
        const place = mode === 'frame' ? page.frameLocator(`${tag} iframe`) : page.locator(tag);
        await foreign.heard('ready');
        if (tag === 'inlay-booking')
          for (const step of steps.slice(0, steps.findIndex(({ name }) => name === 'details') + 1))
            await step.go(place);
        const field = (name: string) => place.locator(`[name=${name}]`);
        const has = async (name: string, value: string) => {
          for (let tries = 0; tries < 300 && (await field(name).inputValue()) !== value; tries++)
            await page.waitForTimeout(50);
          assert.equal(await field(name).inputValue(), value);
        };
        await has('name', 'Ada');
        // The tag's own goes first.
        await has('email', 'own@example.com');
        const text = tag === 'inlay-booking' ? 'note' : 'message';
        await field(text).fill('As I said');
        const later = (values: Readonly<Record<string, string>>) =>
          page.evaluate(given => window.Inlay!('prefill', given), values);
        await later({ name: 'Grace', email: 'grace@example.com', note: 'x', message: 'x' });
        await has('name', 'Grace');
        await has('email', 'own@example.com');
        await has(text, 'As I said');
        await field('name').fill('Mine');
        await later({ name: 'Nobody' });
        await page.locator(tag).evaluate(el => el.setAttribute('prefill', '{"email":"last@example.com"}'));
        await has('email', 'last@example.com');
        await has('name', 'Mine');
        assert.deepEqual((await foreign.watched()).errors, []);
        assert.deepEqual(foreign.said, []);
        await foreign.close();
      });
});
