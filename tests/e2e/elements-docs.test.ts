import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { genericKinds } from '../../schemas/module/generic-widget.ts';
import { buildBrowser } from '../../tools/build.ts';
import { type ElementsManifest, elementsOf, readElements } from '../../tools/elements/read-elements.ts';
import { root } from '../../tools/root.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { type Complaints, openContext, startBrowser } from '../support/browser.ts';
import { bringJudge, check } from './embed-proof/axe.ts';
import { rest } from './rest.ts';

/** Nobody presses these. */
const still = ['inlaykit-progress', 'inlaykit-skeleton'];

/** Of each section: whether its example can be seen, whether it still waits, and how much of it can be pressed or typed in. */
const exampleStates = () => {
  const inside = (root: ParentNode): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>('*')].flatMap(element => [
      element,
      ...(element.shadowRoot ? inside(element.shadowRoot) : []),
    ]);
  const isSeen = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  const usable = 'button:enabled,input:enabled,select:enabled,textarea:enabled,a[href],summary,[tabindex="0"]';
  return Object.fromEntries(
    [...document.querySelectorAll('main > section')].map(({ id }) => {
      const all = inside(document.querySelector(`#${id} .stage`)!);
      const seen = all.filter(isSeen);
      const state = {
        visible: seen.some(
          element =>
            element.matches('svg,[role=progressbar]') || [...element.childNodes].some(node => node.nodeValue?.trim()),
        ),
        waiting: id !== 'inlaykit-skeleton' && seen.some(element => element.classList.contains('bone')),
        usable: seen.filter(element => element.matches(usable)).length,
      };
      return [id, state];
    }),
  );
};

/** What a page's own markup can ask of a control, and no form of a manifest does. */
const asked: readonly (readonly [state: string, of: Readonly<Record<string, object>>])[] = [
  [
    'controls of a page’s own markup',
    {
      money: { currencies: 'EUR JPY', value: { amount: 1250, currency: 'EUR' } },
      number: { unit: 'kg', value: 4 },
      rating: { half: true, value: 3.5 },
      select: { search: false, value: 'porto' },
      switch: { value: true, hint: 'At once.' },
      text: { type: 'multiline', maxLength: 20, counter: true, value: 'Quite near the end' },
    },
  ],
  [
    'controls that are wrong',
    {
      select: { value: '', required: true, error: 'Choose one from the list.' },
      switch: { value: false, error: 'This is needed.' },
      text: { value: 'Far too long to be taken', error: 'Enter at most 20 characters.' },
    },
  ],
];

const axeFile = join(root, 'node_modules/axe-core/axe.min.js');

describe('/docs/elements', () => {
  let host: TestHost;
  let browser: Browser;
  before(async () => {
    const built = join(root, 'dist/public/embed/manifest.json');
    if (!existsSync(built) || !readFileSync(built, 'utf8').includes('inlaykit-dialog'))
      await buildBrowser({ dashboard: false });
    execFileSync(process.execPath, ['tools/elements.ts'], { cwd: root });
    host = await startHost();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  async function openPage(): Promise<{ page: Page; complaints: Complaints }> {
    const { context, complaints } = await openContext(browser, { colorScheme: 'light', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${host.url}/docs/elements`);
    await page.waitForSelector('html[data-ready]');
    return { page, complaints };
  }

  /** Serious and critical findings in the whole page; the script comes by the debugger, past the page's policy. */
  async function findings(page: Page): Promise<string[]> {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: readFileSync(axeFile, 'utf8') });
    await session.detach();
    await rest(page);
    return page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof axeCore };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.target} ${node.html}`.slice(0, 200)).join(' | ')}`);
    });
  }

  it('every element lives, and axe finds nothing serious in light, dark, right to left and with another accent', async () => {
    const { page, complaints } = await openPage();
    const tags = await page.$$eval('main > section', sections => sections.map(({ id }) => id));
    assert.ok(tags.length >= 11 && tags.includes('inlaykit-dialog') && tags.includes('inlay-booking'), `${tags}`);
    assert.deepEqual(tags.filter(tag => tag.startsWith('inlay-example-')).length, genericKinds.length);
    await page.waitForFunction(() => performance.getEntriesByName('inlay-example-calendar').length > 0);
    const shown = await page.evaluate(exampleStates);
    assert.deepEqual(Object.keys(shown), tags);
    const dead = Object.entries(shown).filter(
      ([tag, { visible, waiting, usable }]) => !visible || waiting || (usable === 0 && !still.includes(tag)),
    );
    assert.deepEqual(dead, []);
    assert.ok(
      still.every(tag => shown[tag]?.usable === 0),
      'only what nobody presses has nothing to press',
    );
    assert.deepEqual(await findings(page), [], 'light');
    await page.getByLabel('Dark', { exact: true }).check();
    assert.deepEqual(await findings(page), [], 'dark');
    await page.getByLabel('Plum').check();
    assert.deepEqual(await findings(page), [], 'plum and dark');
    await page.getByLabel('Light', { exact: true }).check();
    await page.getByLabel('Right to left').check();
    assert.deepEqual(await findings(page), [], 'right to left');
    assert.deepEqual(complaints.found, []);
    await page.context().close();
  });

  it('examples do what they are for: a booking is made and moved, choices are made, a file arrives, a form is sent', async () => {
    const { page, complaints } = await openPage();
    const stage = (tag: string) => page.locator(`#${tag} .stage`);
    const press = (tag: string, name: RegExp) => stage(tag).getByRole('button', { name }).first().click();
    await press('inlay-booking', /Haircut/);
    await press('inlay-booking', /Rosa/);
    await press('inlay-booking', /^\d{1,2}:\d\d/);
    await stage('inlay-booking').getByLabel('Name').fill('Ada Lovelace');
    await stage('inlay-booking').getByLabel('E-mail').fill('ada@example.com');
    await press('inlay-booking', /^Book /);
    await stage('inlay-booking').getByRole('heading', { name: 'You are booked' }).waitFor();
    await press('inlay-booking-manage', /Cancel/);
    await press('inlay-booking-manage', /Cancel/);
    await stage('inlay-booking-manage').getByRole('status').waitFor();
    await stage('inlaykit-choice').getByRole('radio', { name: 'By card' }).check();
    await stage('inlaykit-select').getByRole('combobox').fill('por');
    await stage('inlaykit-select').getByRole('option', { name: 'Porto' }).click();
    const values = await page.evaluate(() =>
      ['choice', 'select'].map(name => document.querySelector<HTMLInputElement>(`.stage inlaykit-${name}`)!.value),
    );
    assert.deepEqual(values, ['card', 'porto']);
    const file = { name: 'room.png', mimeType: 'image/png', buffer: Buffer.from('a picture') };
    await stage('inlaykit-file').locator('input[type=file]').setInputFiles(file);
    await stage('inlaykit-file').getByRole('progressbar').waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.stage inlaykit-file')!.value.length === 1,
    );
    await press('inlay-example-list', /Cheese/);
    await press('inlay-example-list', /Back/);
    await stage('inlay-example-search').getByRole('searchbox').fill('cheese');
    await stage('inlay-example-search').getByText('1 found').waitFor();
    await press('inlay-example-form', /Send/);
    await stage('inlay-example-form').getByText('Fill this in').first().waitFor();
    assert.deepEqual(complaints.found, []);
    await page.context().close();
  });

  it('controls in states that no form of a manifest brings about have nothing serious in them', async () => {
    const { context } = await openContext(browser, { reducedMotion: 'reduce' });
    await bringJudge(context);
    const page = await context.newPage();
    await page.goto(`${host.url}/docs/elements`);
    await page.waitForSelector('html[data-ready]');
    const controls = await page.$$eval('.stage > *', all =>
      all.map(({ localName }) => localName).filter(tag => Object(customElements.get(tag))['formAssociated']),
    );
    assert.ok(controls.includes('inlaykit-money'), `${controls}`);
    const within = controls.map(tag => `#${tag} .stage`).join();
    for (const [state, of] of asked) {
      await page.evaluate(of => {
        for (const [name, properties] of Object.entries(of))
          Object.assign(document.querySelector(`.stage inlaykit-${name}`)!, properties);
      }, of);
      await check(page, state, within);
    }
    for (const flag of ['readonly', 'disabled']) {
      await page.evaluate(
        ([flag, tags]) => {
          for (const one of document.querySelectorAll(tags)) {
            for (const other of ['readonly', 'disabled']) one.toggleAttribute(other, other === flag);
            Object.assign(one, { error: '' });
          }
        },
        [flag, controls.map(tag => `.stage > ${tag}`).join()] as const,
      );
      await check(page, flag, within);
    }
    await context.close();
  });

  it('custom-elements.json has what the page has, for whoever asks', async () => {
    const reply = await fetch(`${host.url}/docs/custom-elements.json`);
    assert.match(reply.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(reply.headers.get('access-control-allow-origin'), '*');
    const { schemaVersion, modules } = (await reply.json()) as ElementsManifest;
    assert.equal(schemaVersion, '1.0.0');
    const tags = elementsOf({ modules }).map(({ tagName }) => tagName);
    assert.ok(tags.includes('inlay-booking') && tags.includes('inlaykit-choice'), `${tags}`);
    assert.deepEqual(
      tags,
      elementsOf(readElements()).map(({ tagName }) => tagName),
    );
  });

  it('what opens has nothing serious in it either, and gives the focus back', async () => {
    const { page, complaints } = await openPage();
    const opening = [
      ['inlaykit-dialog', 'Cancel the visit'],
      ['inlaykit-popover', 'Opening hours'],
      ['inlaykit-menu', 'More'],
    ] as const;
    for (const [tag, name] of opening) {
      const trigger = page.locator(`#${tag} .stage`).getByRole('button', { name }).first();
      await trigger.click();
      await page.waitForFunction(
        one => document.querySelector(`${one}`)?.shadowRoot?.querySelector('[open], :popover-open'),
        `.stage ${tag}`,
      );
      assert.deepEqual(await findings(page), [], tag);
      await page.keyboard.press('Escape');
      await page.waitForFunction(
        one => !document.querySelector(`${one}`)?.shadowRoot?.querySelector('[open], :popover-open'),
        `.stage ${tag}`,
      );
      assert.ok(await trigger.evaluate(element => element === document.activeElement), `${tag} gives the focus back`);
    }
    await page.locator('#inlaykit-toasts .stage').getByRole('button').first().click();
    await page.getByText('The visit was moved to Tuesday.').first().waitFor();
    assert.deepEqual(complaints.found, []);
    await page.context().close();
  });

  it('is served under a policy that lets nothing foreign in, and fits a phone', async () => {
    const reply = await fetch(`${host.url}/docs/elements`);
    const policy = reply.headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(part), policy);
    const { page } = await openPage();
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    await page.context().close();
  });
});
