import { after, before, describe, it } from 'node:test';
import { silent } from './answers.ts';
import { check } from './axe.ts';
import { type Net, toFaults, toFiles, toOpen, toSent, withNet } from './control-stops.ts';
import { close, type FairPages, startFairPages } from './fair-pages.ts';
import { walk } from './walk.ts';

const tag = 'inlay-booth-apply';
const form = `<${tag}></${tag}>`;

describe('axe finds nothing serious in any control of a form, and the focus goes on', { timeout: 600_000 }, () => {
  let fair: FairPages;
  before(async () => {
    fair = await startFairPages();
  });
  after(() => fair?.stop());

  it('every control, wrong, open, on its way and sent', async () => {
    const net: Net = { files: 'real', form: 'real', release() {} };
    const page = await fair.open(form, fair.world.full, context => withNet(context, net));
    const stops = [...toFaults, ...toOpen, ...toFiles(net), ...toSent(net)];
    await walk({ page, name: 'controls', tag, stops });
    await close(page);
  });

  it('before the controls have come, and from right to left', async () => {
    const waiting = await fair.open(form, fair.world.full, context => context.route('**/inlaykit-*.js', silent));
    await waiting.locator('.bone.control.input').first().waitFor();
    await check(waiting, 'controls that are to come');
    await close(waiting);
  });
});
