import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import type { Snippet } from '../../schemas/protocol/index.ts';
import { siteBuilders } from '../../schemas/protocol/site-builders.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

describe('what a website takes from here', () => {
  let world: DemoWorld;
  let site: string;
  before(async () => {
    world = await startDemoWorld();
    const clients = await world.api.get<{ id: string }[]>('/api/clients');
    const sites = await Promise.all(
      clients.map(({ id }) => world.api.get<{ id: string; siteKey: string }[]>(`/api/clients/${id}/sites`)),
    );
    site = sites.flat().find(({ siteKey }) => siteKey === world.salon.siteKey)!.id;
  });
  after(() => world?.host.stop());

  it('a snippet for every builder, all of whose addresses answer', async () => {
    for (const builder of siteBuilders) {
      const { parts } = await world.api.get<Snippet>(`/api/sites/${site}/snippet?for=${builder}&fast=1`);
      assert.ok(parts.length > 0 && parts.every(({ code }) => code !== ''), builder);
      for (const [url] of parts
        .map(({ code }) => code)
        .join(' ')
        .matchAll(/http[^"\s]+\.js(?=")/g))
        assert.equal((await fetch(url)).headers.get('content-type'), 'text/javascript; charset=utf-8', url);
    }
  });

  it('as much room as an attribute makes a widget need', async () => {
    const height = async (query: string) => {
      const { tag } = await world.api.get<Snippet>(`/api/sites/${site}/snippet?module=booking${query}`);
      return Number(/height="(\d+)"/.exec(tag)![1]);
    };
    assert.ok((await height('&service=beard')) > (await height('')));
  });

  it('as much room as a widget needs that has one thing to offer', async () => {
    const { id } = await world.api.send<{ id: string }>('/api/clients', { body: { name: 'One', zone: 'UTC' } });
    const one = await world.api.send<{ id: string; siteKey: string }>(`/api/clients/${id}/sites`, {
      body: { name: 'One' },
    });
    await world.api.send(`/api/clients/${id}/installations`, { body: { module: 'booking' } });
    await world.api.send(`/api/sites/${one.id}/modules/booking`, { method: 'PUT', body: { enabled: true } });
    const height = async () => {
      const { tag } = await world.api.get<Snippet>(`/api/sites/${one.id}/snippet?module=booking`);
      return Number(/height="(\d+)"/.exec(tag)![1]);
    };
    const none = await height();
    const token = await world.api.clientToken(id);
    const service = (slug: string) =>
      world.api.send('/api/m/booking/v1/service', { token, body: { name: slug, slug, durations: [30] } });
    await service('cut');
    const single = await height();
    await service('colour');
    assert.deepEqual([single > none, await height()], [true, none]);
  });

  it('each widget as it usually shows, unless its owner says another way', async () => {
    const snippet = (query: string) => world.api.get<Snippet>(`/api/sites/${site}/snippet?${query}`);
    assert.equal((await snippet('module=chat')).tag, '<inlay-chat mode="float"></inlay-chat>');
    const asked = await snippet('module=chat&mode=inline');
    assert.match(asked.tag, /^<inlay-chat><svg width="1" height="560" /);
    assert.match((await snippet('module=chat&mode=frame')).tag, /^<inlay-chat mode="frame"><svg /);
    // What floats is not fetched ahead, what stands in the page is.
    const whole = await snippet('for=html&fast=1');
    assert.match(whole.tag, /<div><inlay-booking locale="en"><svg /);
    assert.match(whole.tag, /\n<inlay-chat mode="float" locale="en"><\/inlay-chat>\n/);
    const ahead = whole.parts.find(({ place }) => place === 'head')!.code;
    assert.deepEqual(/session\?m=([\w,]+)/.exec(ahead)![1]!.split(',').sort(), ['booking', 'contact']);
    assert.doesNotMatch(ahead, /inlay-chat/);
    const manager = (await snippet('for=gtm')).parts;
    assert.deepEqual(
      manager.map(({ place, code }) => [place, code.includes('inlay-booking'), code.includes('inlay-chat')]),
      [
        ['tag', false, true],
        ['page', true, false],
      ],
    );
    assert.match(
      (await snippet('module=chat&for=wordpress')).parts.at(-1)!.code,
      /^\[inlay widget="chat" mode="float"/,
    );
    const react = (await snippet('module=chat&for=react')).parts.at(-1)!.code;
    assert.match(react, /<InlayChat mode=\{"float"\} \/>/);
    // A router that renders on the server would run the loading on the server alone.
    assert.match(react, /^'use client';\n/);
    const plugin = async (query: string) => (await snippet(`for=wordpress&${query}`)).parts.at(-1)!.code;
    assert.equal(await plugin('module=chat&mode=inline'), '[inlay widget="chat" mode="inline" height="560"]');
    assert.equal(await plugin('module=booking'), '[inlay widget="booking" height="500"]');
  });

  it('a button says what its module says, in the language of the site, and otherwise what its owner wants', async () => {
    const tag = async (query: string) =>
      (await world.api.get<Snippet>(`/api/sites/${site}/snippet?module=chat&${query}`)).tag;
    const popup = (words: string, more = '') =>
      `<inlay-chat mode="popup"${more}><button type="button">${words}</button></inlay-chat>`;
    assert.equal(await tag('mode=popup'), popup('Chat with us'));
    assert.equal(await tag('mode=popup&locale=de-AT'), popup('Chatten Sie mit uns', ' locale="de-AT"'));
    assert.equal(await tag('mode=popup&label=Ask'), popup('Ask', ' label="Ask"'));
    assert.equal(await tag('label=Ask'), '<inlay-chat mode="float" label="Ask"></inlay-chat>');
  });

  it('a script that knows what each widget tells the page, out of a frame too', async () => {
    const script = await (await fetch(`${world.host.url}/embed/${world.salon.siteKey}.js`)).text();
    const { events } = JSON.parse(/"inlay-chat":(\{[^}]*\})/.exec(script)![1]!) as { events: string[] };
    assert.deepEqual(events, ['inlay:chat-opened', 'inlay:chat-started', 'inlay:chat-unread']);
  });

  it('a pinned one, whose integrity is that of its script', async () => {
    const { parts } = await world.api.send<Snippet>(`/api/sites/${site}/pins?for=react`, { body: {} });
    const integrity = /sha256-[\w+/=]+/.exec(parts[1]!.code)![0];
    const hash = Buffer.from(integrity.slice(7), 'base64').toString('hex');
    const reply = await fetch(`${world.host.url}/embed/pinned/${hash}.js`);
    const digest = await crypto.subtle.digest('SHA-256', await reply.arrayBuffer());
    assert.equal(`sha256-${Buffer.from(digest).toString('base64')}`, integrity);
  });

  it('the WordPress plugin', async () => {
    const reply = await fetch(`${world.host.url}/integrations/wordpress.zip`);
    assert.equal(reply.headers.get('content-type'), 'application/zip');
    assert.match(reply.headers.get('content-disposition')!, /inlay-wordpress\.zip/);
    const files = unzipSync(new Uint8Array(await reply.arrayBuffer()));
    assert.ok(files['inlay/inlay.php'] && files['inlay/includes/widgets.php']);
  });
});
