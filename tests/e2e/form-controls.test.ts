/** The kit's controls as they are built, with the lean templates, on a page whose policy allows next to nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { minifyTemplates } from '../../tools/build/minify-templates.ts';
import { root } from '../../tools/root.ts';
import { openContext, startBrowser } from '../support/browser.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'nonce-page'; require-trusted-types-for 'script'; trusted-types lit-html";
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title><style nonce="page">form { display: grid; gap: 1em }</style>
  <form></form><script type="module" src="/entry.js"></script></html>`;

/** Every kind of field that has a control, and the two that no field asks for. */
const entry = (kit: string) => `
  import { controlFor } from '${kit}/controls/control-for.ts';
  import '${kit}/controls/inlaykit-rating.ts';
  import '${kit}/controls/inlaykit-signature.ts';
  import { component, primitive, semantic } from '${kit}/tokens/index.ts';
  document.adoptedStyleSheets = [primitive, semantic, component].map(({ styleSheet }) => styleSheet);
  const form = document.querySelector('form');
  const fields = {
    fullName: { kind: 'text', required: true }, note: { kind: 'text', max: 400 }, guests: { kind: 'int', min: 1, max: 12 },
    budget: { kind: 'money' }, day: { kind: 'date' }, start: { kind: 'instant' }, at: { kind: 'localTime' },
    phone: { kind: 'text', format: 'phone' }, colour: { kind: 'enum', values: ['red', 'green'] }, zone: { kind: 'zone' },
    news: { kind: 'bool' }, home: { kind: 'address' }, photo: { kind: 'file' },
  };
  const add = (element, name) => { element.setAttribute('name', name); form.append(element); };
  for (const [name, field] of Object.entries(fields)) {
    const { tag, load, properties } = controlFor(field, { name, currency: 'EUR' });
    await load();
    add(Object.assign(document.createElement(tag), properties, { uploader: () => async () => ({ ok: true, value: 'file-1' }) }), name);
  }
  for (const kind of ['rating', 'signature']) add(Object.assign(document.createElement('inlaykit-' + kind), { label: kind }), kind);
  form.addEventListener('submit', event => { event.preventDefault(); form.dataset.sent = JSON.stringify([...new FormData(form)]); });
  form.dataset.ready = 'yes';
`;

const folder = mkdtempSync(join(tmpdir(), 'inlay-controls-'));
let browser: Browser;
let server: Server;
let origin: string;

before(async () => {
  writeFileSync(join(folder, 'entry.ts'), entry(join(root, 'widgets/kit')));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [minifyTemplates()],
    resolve: { alias: [{ find: /^lit$/, replacement: join(root, 'tools/build/lean/lit.ts') }] },
    build: {
      outDir: join(folder, 'out'),
      target: 'es2022',
      modulePreload: false,
      minify: 'oxc',
      lib: { entry: { entry: join(folder, 'entry.ts') }, formats: ['es'] },
    },
  });
  server = createServer(({ url = '/' }, reply) => {
    const isScript = url.endsWith('.js');
    reply.writeHead(isScript || url === '/' ? 200 : 404, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'content-security-policy': policy,
    });
    reply.end(isScript ? readFileSync(join(folder, 'out', url)) : url === '/' ? page : '');
  }).listen(0);
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a visitor fills in a form of every control, by hand, under a strict policy', async () => {
  const { context, complaints } = await openContext(browser);
  const tab = await context.newPage();
  await tab.route('**/favicon.ico', route => route.fulfill({ status: 204 }));
  await tab.goto(origin);
  await tab.locator('form[data-ready]').waitFor();

  await tab.evaluate(() => document.querySelector('form')?.requestSubmit());
  const focus = () =>
    tab.evaluate(() => {
      const { activeElement } = document;
      return `${activeElement?.getAttribute('name')} ${activeElement?.shadowRoot?.activeElement?.className}`;
    });
  assert.equal(await focus(), 'fullName box ', 'the first that is wrong has the focus');
  await tab.keyboard.type('Rosa');

  const box = (name: string) => tab.locator(`[name=${name}] #control`);
  await box('guests').fill('4');
  await box('budget').fill('€ 1.234,5');
  await box('phone').fill('+420 777 123 456');
  await box('at').fill('09:30');
  await tab.locator('[name=day] .tool').click();
  await tab.keyboard.press('Escape');
  await tab.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.className === 'tool');
  assert.equal(await focus(), 'day tool', 'the focus is back');
  await box('day').fill('4/10/2026');
  await box('zone').click();
  await tab.keyboard.type('prag');
  await tab.keyboard.press('Enter');
  await tab.getByLabel('Green').check();
  await tab.getByRole('switch', { name: 'News' }).click();
  await tab.getByRole('radio', { name: '4 stars' }).check({ force: true });
  await tab.getByLabel('Street and number').fill('Main 1');
  await tab.getByLabel('Town').fill('Brno');
  const png = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') };
  await tab.locator('[name=photo] input').setInputFiles(png);
  await tab.locator('[name=signature]').scrollIntoViewIfNeeded();
  const at = await tab.locator('[name=signature] .pad').boundingBox();
  assert.ok(at);
  await tab.mouse.move(at.x + 20, at.y + 20);
  await tab.mouse.down();
  await tab.mouse.move(at.x + 80, at.y + 60, { steps: 4 });
  await tab.mouse.up();

  await box('fullName').press('Enter');
  const sent = await tab.locator('form[data-sent]').getAttribute('data-sent');
  const { signature, ...values } = Object.fromEntries(JSON.parse(sent!) as [string, string][]);
  assert.match(signature!, /^<svg .*<path d="M[\d.]+ [\d.]+Q/);
  assert.deepEqual(values, {
    fullName: 'Rosa',
    note: '',
    guests: '4',
    budget: '1234.50 EUR',
    day: '2026-04-10',
    at: '09:30',
    phone: '+420777123456',
    colour: 'green',
    zone: 'Europe/Prague',
    news: 'true',
    'home.country': 'US',
    'home.line1': 'Main 1',
    'home.city': 'Brno',
    photo: 'file-1',
    rating: '4',
  });
  assert.deepEqual(complaints.found, []);
  await context.close();
});
