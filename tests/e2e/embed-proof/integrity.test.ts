import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type ForeignPage, type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

/** Answers with the built file and a line of somebody else's behind it. */
const changed = (name: string) => (context: BrowserContext) =>
  context.route(new RegExp(`/embed/c/${name}-[\\w-]+\\.js$`), async route => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: `${await reply.text()}\nwindow.foreign = true;` });
  });

const ran = ({ page }: ForeignPage) => page.evaluate(() => 'foreign' in window);

describe('a file that was changed on its way never runs', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const name of ['inlay-booking', 'runtime'])
    it(`${name}: the visitor sees a way on`, async () => {
      const foreign = await world.open(`${world.script()}${tag}`, { policy: 'strict', prepare: changed(name) });
      await foreign.page.getByRole('button', { name: 'Try again' }).waitFor();
      assert.equal(await ran(foreign), false);
      await foreign.page.getByRole('button', { name: 'Try again' }).click();
      await foreign.page.getByRole('button', { name: 'Try again' }).waitFor();
      assert.equal(await ran(foreign), false);
      await foreign.close();
    });

  for (const name of ['next', 'dates'])
    it(`${name}: the services are there, and say that the rest could not be loaded`, async () => {
      const foreign = await world.open(`${world.script()}${tag}`, { policy: 'strict', prepare: changed(name) });
      const place = inPage(foreign.page);
      await steps[0]!.go(place);
      for (const _ of ['first', 'again']) {
        await place.getByRole('button', { name: /Cut and finish/ }).click();
        await place.getByRole('alert').waitFor();
        assert.equal(await ran(foreign), false);
      }
      await foreign.close();
    });

  it('the dialog of a popup: the trigger stays, and nothing runs', async () => {
    const popup = tag.replace('<inlay-booking', '<inlay-booking mode="popup" label="Book now"');
    const foreign = await world.open(`${world.script()}${popup}`, { policy: 'strict', prepare: changed('modes') });
    await inPage(foreign.page).waitFor();
    await foreign.page.waitForTimeout(3500);
    await inPage(foreign.page).click();
    await foreign.page.waitForTimeout(1500);
    assert.equal(await ran(foreign), false);
    await foreign.close();
  });
});
