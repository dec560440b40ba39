/** The way through a form of every control of the kit, as a visitor goes it who gets everything wrong first. */
import type { BrowserContext, Route } from 'playwright-core';
import { picture } from '../../support/fair-world.ts';
import { cutOff } from './answers.ts';
import { button, type Place, press, type Stop } from './walk.ts';

/** What becomes of the files and of the form, beside what the host says. */
export interface Net {
  files: 'cut' | 'held' | 'real';
  form: 'held' | 'real';
  /** What is held goes on. */
  release(): void;
}

/** Has the test say when files and the form come through. */
export async function withNet(context: BrowserContext, net: Net): Promise<void> {
  const waiting: (() => void)[] = [];
  net.release = () => {
    for (const goOn of waiting.splice(0)) goOn();
  };
  const held = (route: Route) =>
    new Promise<void>(resolve => waiting.push(resolve)).then(() => route.continue().catch(() => {}));
  await context.route('**/api/files', route =>
    net.files === 'cut' ? cutOff(route) : net.files === 'held' ? held(route) : route.continue(),
  );
  await context.route('**/submit', route => (net.form === 'held' ? held(route) : route.continue()));
}

export const control = (place: Place, name: string) => place.locator(`[name=${name}]`);
const box = (place: Place, name: string) => control(place, name).locator('#control').first();
const wrong = (place: Place, name: string, text: string) => control(place, name).getByText(text).first().waitFor();
const bring = (
  place: Place,
  name: string,
  ...files: readonly (readonly [name: string, mimeType: string, bytes: Buffer])[]
) =>
  control(place, name)
    .locator('input[type=file]')
    .setInputFiles(files.map(([name, mimeType, buffer]) => ({ name, mimeType, buffer })));
const text = (size: number) => Buffer.alloc(size, 'a');
const remove = (place: Place, file: string) => press(place, new RegExp(`^Remove ${file}`));

/** Empty, sent empty, and filled in with what no control takes. */
export const toFaults: readonly Stop[] = [
  { name: 'empty', go: place => control(place, 'sign').locator('.pad').waitFor() },
  {
    name: 'sent empty',
    focus: /^input name/,
    async go(place) {
      await press(place, /^Send$/);
      await wrong(place, 'begins', 'This is needed.');
    },
  },
  {
    name: 'filled in wrongly',
    focus: /^input /,
    async go(place) {
      await place.getByLabel(/^Name/).fill('Rosa');
      await box(place, 'trade').fill('astronaut');
      await place.getByRole('listbox').getByText('Nothing found').waitFor();
      for (const day of ['Sat', 'Sun', 'Mon']) await place.getByRole('checkbox', { name: day }).check();
      for (const [name, text] of [
        ['begins', 'some day'],
        ['width', 'wide'],
        ['rent', '12.50'],
        ['phone', '12'],
      ] as const)
        await box(place, name).fill(text);
      await control(place, 'call').getByRole('textbox', { name: 'Call: Day' }).fill('3/2/2031');
      await box(place, 'home').getByLabel('Town').fill('Brno');
      await press(place, /^Send$/);
      await wrong(place, 'days', 'At most 2 can be chosen.');
      await wrong(place, 'call', 'Enter a day and a time.');
      await wrong(place, 'rent', 'Enter a number.');
    },
  },
];

/** What opens over the form. */
export const toOpen: readonly Stop[] = [
  {
    name: 'a list with hits',
    focus: /^input /,
    async go(place) {
      await box(place, 'trade').press('ControlOrMeta+a');
      await box(place, 'trade').fill('b');
      await place.getByRole('option', { name: 'Baker' }).waitFor();
      await box(place, 'trade').press('ArrowDown');
    },
  },
  {
    name: 'a list without',
    focus: /^input /,
    async go(place) {
      await box(place, 'trade').fill('astronaut');
      await place.getByRole('option', { name: 'Nothing found' }).waitFor();
    },
  },
  {
    name: 'chosen, and a long list',
    focus: /^input /,
    async go(place) {
      await box(place, 'trade').fill('smi');
      await box(place, 'trade').press('Enter');
      await box(place, 'zone').press('ArrowDown');
      await control(place, 'zone').getByRole('option').nth(20).waitFor();
    },
  },
  {
    name: 'a calendar',
    focus: /^td /,
    async go(place) {
      await box(place, 'zone').fill('prague');
      await box(place, 'zone').press('Enter');
      await box(place, 'begins').fill('');
      await box(place, 'begins').press('Alt+ArrowDown');
      await place.getByRole('grid').waitFor();
    },
  },
  {
    name: 'another month of it',
    focus: /^td /,
    async go(place) {
      const month = await place.locator('#month').innerText();
      await place.locator('td[tabindex="0"]').press('PageDown');
      await place.locator('#month').filter({ hasNotText: month }).waitFor();
      await place.locator('td[tabindex="0"]').press('ArrowRight');
    },
  },
  {
    name: 'a day chosen',
    focus: /^button /,
    go: place => place.locator('td[tabindex="0"]').press('Enter'),
  },
  {
    name: 'a calendar with a day in it',
    focus: /^td /,
    async go(place) {
      await press(place, /^Calendar, Begins/);
      await place.locator('td[aria-selected=true]').waitFor();
    },
  },
  {
    name: 'the list of countries',
    focus: /^select /,
    async go(place) {
      await place.locator('td[tabindex="0"]').press('Escape');
      await place.getByRole('grid').waitFor({ state: 'detached' });
      await control(place, 'phone').getByRole('combobox', { name: 'Country' }).focus();
      await control(place, 'phone').getByRole('combobox', { name: 'Country' }).selectOption('GB');
    },
  },
];

/** Files of each fate. */
export const toFiles = (net: Net): readonly Stop[] => [
  {
    name: 'files refused',
    async go(place) {
      await bring(place, 'photo', ['notes.txt', 'text/plain', text(40)]);
      await bring(place, 'plans', ['long.txt', 'text/plain', text(2_000)], ['a'.repeat(60), 'image/png', text(10)]);
      await wrong(place, 'photo', 'This kind of file is not taken here.');
      await wrong(place, 'plans', 'A file may have');
    },
  },
  {
    name: 'a file taken out',
    focus: /^input /,
    async go(place) {
      await remove(place, 'long.txt');
      await remove(place, 'aaa');
      await place.getByText('long.txt').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a file that does not come through',
    async go(place) {
      net.files = 'cut';
      await bring(place, 'photo', ['booth.png', 'image/png', picture]);
      await wrong(place, 'photo', 'This file has not arrived.');
    },
  },
  {
    name: 'files on their way',
    focus: /^input /,
    async go(place) {
      net.files = 'held';
      await press(place, /^Go on with booth.png/);
      await bring(place, 'plans', ['one.txt', 'text/plain', text(200)], ['two.txt', 'text/plain', text(300)]);
      await place.getByRole('progressbar').nth(2).waitFor();
    },
  },
  {
    name: 'sent before they are there',
    focus: /^input /,
    async go(place) {
      await press(place, /^Send$/);
      await wrong(place, 'plans', 'Wait until every file has arrived');
    },
  },
  {
    name: 'files that are there',
    async go(place) {
      net.files = 'real';
      net.release();
      await place.getByRole('progressbar').first().waitFor({ state: 'detached' });
      await control(place, 'photo').locator('li .muted').waitFor();
      await control(place, 'plans').locator('li .muted').nth(1).waitFor();
    },
  },
  {
    name: 'too many files',
    async go(place) {
      await bring(place, 'plans', ['three.txt', 'text/plain', text(200)]);
      await control(place, 'plans').locator('li .muted').nth(2).waitFor();
      await wrong(place, 'plans', 'At most 2 can be chosen.');
    },
  },
];

async function draw(place: Place): Promise<void> {
  const pad = control(place, 'sign').locator('.pad');
  await pad.hover({ position: { x: 20, y: 20 } });
  const page = pad.page();
  const at = (await pad.boundingBox())!;
  await page.mouse.down();
  await page.mouse.move(at.x + 90, at.y + 60, { steps: 5 });
  await page.mouse.up();
}

/** A signature in each way, stars, and all of it sent. */
export const toSent = (net: Net): readonly Stop[] => [
  {
    name: 'signed by hand',
    async go(place) {
      await remove(place, 'three.txt');
      await draw(place);
      await place.getByRole('img', { name: 'Signed' }).waitFor();
    },
  },
  {
    name: 'cleared',
    focus: /^(?:button|div) /,
    go: place => press(place, /^Clear$/),
  },
  {
    name: 'signed by name',
    focus: /^input /,
    async go(place) {
      await press(place, /^Type my name instead/);
      await place.getByRole('textbox', { name: 'Your name' }).fill('Rosa Luxemburg');
      await place.getByRole('img', { name: 'Signed' }).waitFor();
    },
  },
  {
    name: 'stars given',
    focus: /^input stars/,
    async go(place) {
      await place.getByRole('radio', { name: '3 stars' }).press('Space');
      await place.getByRole('radio', { name: '3 stars' }).press('ArrowRight');
    },
  },
  {
    name: 'filled in',
    async go(place) {
      await place.getByRole('checkbox', { name: 'Mon' }).uncheck();
      await control(place, 'call').getByLabel('Call: Time').fill('09:30');
      await box(place, 'opens').fill('10:00');
      await box(place, 'width').fill('2,5');
      await box(place, 'rent').fill('12000');
      await box(place, 'phone').fill('+420777123456');
      await box(place, 'home').getByLabel('Street and number').fill('Main 1');
      await place.getByLabel(/^I have read the rules/).check();
    },
  },
  {
    name: 'on its way',
    focus: /^button .*Sending/s,
    async go(place) {
      net.form = 'held';
      await press(place, /^Send$/);
      await button(place, /^Sending/).waitFor();
    },
  },
  {
    name: 'done',
    focus: /^h2 .*Thank you/s,
    async go(place) {
      net.form = 'real';
      net.release();
      await place.getByRole('heading', { name: /^Thank you/ }).waitFor();
    },
  },
  {
    name: 'begun anew',
    focus: /^h2 .*Apply/s,
    async go(place) {
      await press(place, /^Send another/);
      await control(place, 'sign').locator('.pad').waitFor();
    },
  },
];
