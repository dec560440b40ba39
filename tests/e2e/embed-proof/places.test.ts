/** Wherever a page has the tag, and however it came there, the widget has a width and works. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ForeignPage, type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';

/** What goes by the width of its content has no width of its own to give. */
const byContent: Readonly<Record<string, string>> = {
  'a row of a flex box': `<div style="display:flex"><p>Beside</p>${tag}</div>`,
  'a column of a flex box, centred': `<div style="display:flex;flex-direction:column;align-items:center">${tag}</div>`,
  'columns of one width': `<div style="display:grid;grid-template-columns:1fr 1fr">${tag}<p>Beside</p></div>`,
  'a grid, centred': `<div style="display:grid;justify-items:center">${tag}</div>`,
  'a float': `<div style="float:left">${tag}</div><br style="clear:both">`,
  'a cell of a table': `<table><tr><td>${tag}</td></tr></table>`,
  'a block in a line': `<div style="display:inline-block">${tag}</div>`,
  'a narrow column, centred': `<div style="width:240px;display:flex;flex-direction:column;align-items:center">${tag}</div>`,
};

/** Each way for a tag to be on a page; `SRC` is the script's address. */
const ways: Readonly<Record<string, string>> = {
  'a script in the head that is not async': `<script src="SRC"></script>${tag}`,
  'a script after the tag': `${tag}<script src="SRC"></script>`,
  'a script as a module': `<script type="module" src="SRC"></script>${tag}`,
  'a tag manager': `${tag}<script>{ const made = document.createElement('script'); made.async = true; made.src = 'SRC'
    const first = document.getElementsByTagName('script')[0]; first.parentNode.insertBefore(made, first) }</script>`,
  'text that becomes elements later': `<script async src="SRC"></script><div id="place"></div>
    <script>addEventListener('load', () => setTimeout(() => { place.innerHTML = '<section>${tag}</section>' }, 300))</script>`,
  'a template that is copied': `<script async src="SRC"></script><template id="copied"><p>${tag}</p></template>
    <script>addEventListener('load', () => setTimeout(() => document.body.append(copied.content.cloneNode(true)), 300))</script>`,
  'a shadow root that the page mounts in': `<script async src="SRC"></script><div id="host"></div>
    <script>window.Inlay ??= Object.assign((...call) => Inlay.q.push(call), { q: [] })
      Inlay('mount', 'inlay-booking', { target: host.attachShadow({ mode: 'open' }) })</script>`,
  'a closed shadow root that the page mounts in': `<script async src="SRC"></script><div id="host"></div>
    <script>window.Inlay ??= Object.assign((...call) => Inlay.q.push(call), { q: [] })
      Inlay('mount', 'inlay-booking', { target: host.attachShadow({ mode: 'closed' }) })</script>`,
  'a tag in capitals': `<script async src="SRC"></script><INLAY-BOOKING></INLAY-BOOKING>`,
  'a form of the page': `<script async src="SRC"></script><form action="/elsewhere"><input name="q">${tag}</form>`,
  'a tag that is taken elsewhere while it loads': `<script async src="SRC"></script>${tag}<div id="other"></div>
    <script>{ const moved = document.querySelector('inlay-booking'); let times = 0
      const timer = setInterval(() => { (moved.parentNode === other ? document.body : other).append(moved); if (++times > 60) clearInterval(timer) }, 25) }</script>`,
};

describe('places for a tag', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  const clean = async (foreign: ForeignPage, ready: number) => {
    const { events, errors } = await foreign.watched();
    assert.deepEqual([events, errors, foreign.said], [Array(ready).fill('ready'), [], []]);
  };

  for (const width of [1280, 390])
    it(`${width} pixels wide: what goes by the width of its content has room for a widget`, async () => {
      const places = Object.entries(byContent);
      const sections = places.map(([, body]) => `<section>${body}</section>`).join('');
      const foreign = await world.open(`${world.script()}${sections}`, {
        context: { viewport: { width, height: 900 } },
      });
      await foreign.heard('ready', places.length);
      const found = await foreign.page.evaluate(() =>
        [...document.querySelectorAll('section')].map(section => {
          const { left, right, width } = section.querySelector('inlay-booking')!.getBoundingClientRect();
          return { left, right, width, room: section.firstElementChild!.getBoundingClientRect().width };
        }),
      );
      for (const [index, { left, right, width: taken, room }] of found.entries()) {
        const [name] = places[index]!;
        const least = name.includes('narrow') ? 240 : name.includes('columns of one') ? (width - 16) / 2 : 260;
        assert.ok(taken >= least - 1, `${name}: ${taken} px`);
        assert.ok(taken <= room + 1 && left >= 0 && right <= width, `${name}: ${left} to ${right} px of ${room}`);
      }
      assert.ok(await foreign.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await clean(foreign, places.length);
      await foreign.close();
    });

  for (const [name, open] of [
    ['dialog', '<dialog id="shown">'],
    ['popover', '<div popover id="shown">'],
    ['details', '<details id="shown"><summary>More</summary>'],
  ] as const)
    it(`a ${name} of the page that is opened once the widget is there`, async () => {
      const foreign = await world.open(`${world.script()}${open}${tag}</${open.slice(1).split(' ')[0]}>`, {
        policy: 'strict',
      });
      await foreign.heard('ready');
      await foreign.page.evaluate(() => {
        const shown = document.querySelector('#shown') as HTMLElement;
        if (shown instanceof HTMLDialogElement) shown.showModal();
        else if (shown instanceof HTMLDetailsElement) shown.open = true;
        else shown.showPopover();
      });
      const { width } = (await foreign.page.locator('inlay-booking').boundingBox())!;
      assert.ok(width > 400, `${width} px`);
      await foreign.page.getByRole('button', { name: /Beard trim/ }).click();
      await foreign.page.getByRole('heading', { name: 'When suits you?' }).waitFor();
      await clean(foreign, 1);
      await foreign.close();
    });

  for (const [name, body] of Object.entries(ways))
    it(`by ${name}`, async () => {
      const src = `${world.host.url}/embed/${world.siteKey}.js`;
      const foreign = await world.open(body.replaceAll('SRC', src));
      await foreign.heard('ready');
      const beard = foreign.page.getByRole('button', { name: /Beard trim/ });
      // The driver does not see into a closed root.
      if (!name.includes('closed')) {
        await beard.click();
        await foreign.page.getByRole('heading', { name: 'When suits you?' }).waitFor();
        assert.equal(new URL(foreign.page.url()).pathname, '/ours');
      }
      await clean(foreign, 1);
      await foreign.close();
    });
});
