import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Snippet } from '../../schemas/protocol/index.ts';
import { type SignedInSite, signInToSite } from '../support/signed-in-site.ts';
import { type ForeignPage, type ForeignWorld, startForeignWorld } from './embed-proof/foreign-world.ts';

/** Of the page's own, and never used: when the browser complains of it, it has complained of all that was fetched in vain. */
const decoy = '<link rel="preload" as="style" href="/unused.css">';
const patienceMs = 30_000;

describe('a snippet that fetches ahead', () => {
  let world: ForeignWorld;
  let salon: SignedInSite;
  before(async () => {
    world = await startForeignWorld();
    salon = await signInToSite(world.demo);
  });
  after(() => world?.stop());

  const urls = (head: string) => [...head.matchAll(/href="([^"]+)"/g)].map(([, url]) => url!.replaceAll('&amp;', '&'));

  /** What the browser says of the page but for the decoy, once it has said that. */
  async function complaints({ said }: ForeignPage): Promise<string[]> {
    const isDecoy = (line: string) => line.includes('/unused.css');
    for (const until = Date.now() + patienceMs; !said.some(isDecoy) && Date.now() < until; )
      await new Promise(resume => setTimeout(resume, 100));
    assert.ok(said.some(isDecoy), 'the browser has complained');
    return said.filter(line => !isDecoy(line));
  }

  interface Visit extends ForeignPage {
    /** Every URL of ours, as often as the page asked for it. */
    readonly asked: readonly string[];
    /** What had been asked for before the page had the script. */
    readonly ahead: readonly string[];
  }

  /** The page has the script only when all that its head names has been asked for. */
  async function visit({ parts }: Pick<Snippet, 'parts'>, change = (head: string) => head): Promise<Visit> {
    const [head, body] = parts;
    assert.deepEqual([head?.place, body?.place], ['head', 'page']);
    const named = urls(head!.code);
    const asked: string[] = [];
    let ahead: string[] = [];
    const foreign = await world.open(body!.code, {
      head: change(head!.code) + decoy,
      policy: 'strict',
      async prepare(context) {
        context.on('request', request => {
          // A frame is a document of its own, with its own modules.
          if (request.url().startsWith(world.host.url) && !request.frame().parentFrame()) asked.push(request.url());
        });
        await context.route(`${world.demo.embedOrigin}/unused.css`, route =>
          route.fulfill({ contentType: 'text/css', body: '' }),
        );
        await context.route(named[0]!, async route => {
          for (let tries = 0; tries < 100 && named.some(url => !asked.includes(url)); tries++)
            await new Promise(resume => setTimeout(resume, 50));
          ahead = [...asked];
          await route.continue();
        });
      },
    });
    await foreign.heard('ready');
    return { ...foreign, asked, ahead };
  }

  const times = (asked: readonly string[], url: string) => asked.filter(one => one === url).length;

  for (const [kind, given] of Object.entries({
    'as it is': () => salon.snippet('for=html&fast=1'),
    pinned: () => salon.pinned('for=html&fast=1'),
    'in a frame': () => salon.snippet('for=html&fast=1&mode=frame'),
  }))
    it(`${kind}: script, session and files are asked for at once, each once, and all are used`, async () => {
      const snippet = await given();
      const named = urls(snippet.parts[0]!.code);
      assert.ok(named.length >= 4, 'script, session, widget, runtime');
      assert.ok(named.some(url => /\/c\/runtime-/.test(url)));
      assert.ok(named.some(url => (kind === 'in a frame' ? /\/c\/frame-/ : /\/c\/inlay-booking-/).test(url)));
      const opened = await visit(snippet);
      assert.deepEqual([...opened.ahead].sort(), [...named].sort(), 'one trip');
      assert.deepEqual(await complaints(opened), []);
      for (const url of named) assert.equal(times(opened.asked, url), 1, url);
      assert.equal(opened.asked.filter(url => url.includes('/session?')).length, 1);
      const { violations, errors, moved } = await opened.watched();
      assert.deepEqual([violations, errors, moved], [[], [], []]);
      await opened.close();
    });

  it('a popup fetches its script alone, since the rest is asked for later', async () => {
    const { parts } = await salon.snippet('for=html&fast=1&mode=popup');
    assert.match(parts[0]!.code, /^<link rel="preload" as="script" href="[^"]+">$/);
  });

  it('the suite sees what is fetched in vain: another session than the page asks for', async () => {
    const opened = await visit(await salon.snippet('for=html&fast=1'), head =>
      head.replace('locale=', 'locale=cs&amp;x='),
    );
    assert.match((await complaints(opened)).join(), /session\?.* preloaded using link preload but not used/);
    assert.equal(opened.asked.filter(url => url.includes('/session?')).length, 2);
    await opened.close();
  });
});
