/** Whom a widget is there for, whom it listens to, and how much it looks like its page; each is held by a test of `tests/e2e/embed-proof` too. */
import { bringJudge, judge } from '../../../tests/e2e/embed-proof/axe.ts';
import { painted, themes } from '../../../tests/e2e/embed-proof/foreign-themes.ts';
import { attack, forge } from '../../../tests/e2e/embed-proof/forged-messages.ts';
import { inFrame, inPage, steps } from '../../../tests/e2e/embed-proof/steps.ts';
import { type OpenPage, openPage, pause, show } from '../browser.ts';
import type { PageName } from '../foreign-pages.ts';
import { print } from '../row.ts';
import type { World } from '../world.ts';

/** Colours are sampled again after 400 ms; a step fades in for 180. */
const SETTLE_MS = 600;
/** Up to the form, with its errors. */
const walked = steps.slice(0, 5);

async function openJudged({ browser, url }: World, { css = '', page = 'calm' as PageName } = {}): Promise<OpenPage> {
  const open = await openPage(browser);
  await bringJudge(open.page);
  // A page that is answered for in the browser is not on this machine, as far as the browser can tell.
  if (css) await open.page.context().grantPermissions(['local-network-access']);
  if (css)
    await open.page.route(url(page), async route => {
      const body = (await (await route.fetch()).text())
        .replace(/<style>[\s\S]*?<\/style>/, `<style>${css}</style>`)
        .replace('<main>', '<main><h1>Salon</h1><button class="cta">Call us</button>');
      await route.fulfill({ contentType: 'text/html', body });
    });
  if (page === 'framed') {
    await open.page.goto(url(page));
    await inFrame(open.page)
      .getByRole('button', { name: /Cut and finish/ })
      .waitFor();
  } else await show(open, url(page));
  return open;
}

async function accessibility(world: World): Promise<void> {
  const open = await openJudged(world);
  const found: string[] = [];
  for (const step of walked) {
    await step.go(inPage(open.page));
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [390, 1280]) {
        await open.page.emulateMedia({ colorScheme });
        await open.page.setViewportSize({ width, height: 900 });
        await pause(SETTLE_MS);
        for (const text of await judge(open.page.mainFrame(), 'inlay-booking')) found.push(`${step.name}: ${text}`);
      }
  }
  await open.close();
  print({ name: 'axe: serious findings', value: found.length, unit: 'findings', target: 0, detail: found.slice(0, 5) });
}

async function messages(world: World): Promise<void> {
  let accepted = 0;
  const thrown: string[] = [];
  for (const page of ['calm', 'framed'] as const) {
    const open = await openJudged(world, { page });
    const looks = () => open.evaluate<string>(`document.querySelector('inlay-booking').outerHTML`);
    const before = await looks();
    await attack(open.page, forge());
    thrown.push(...(await open.probed()).errors);
    accepted += (await open.evaluate<unknown[]>('window.leaked')).length + (before === (await looks()) ? 0 : 1);
    await open.close();
  }
  print({
    name: 'forged messages, in the page and in a frame: accepted',
    value: accepted,
    unit: 'messages',
    target: 0,
  });
  print({ name: 'forged messages: that throw', value: thrown.length, unit: 'errors', target: 0, detail: thrown });
}

async function likeness(world: World): Promise<void> {
  const unlike: string[] = [];
  for (const [name, { css, font, radius, fill }] of Object.entries(themes)) {
    const open = await openJudged(world, { css });
    for (const step of steps.slice(0, 4)) await step.go(inPage(open.page));
    await pause(SETTLE_MS);
    const seen = await painted(open.page);
    if (!font.test(seen.font)) unlike.push(`${name}: font ${seen.font}`);
    if (seen.radius !== radius) unlike.push(`${name}: radius ${seen.radius}`);
    if (seen.fill !== fill) unlike.push(`${name}: colour ${seen.fill}`);
    for (const text of await judge(open.page.mainFrame(), 'inlay-booking')) unlike.push(`${name}: ${text}`);
    await open.close();
  }
  const detail = { themes: Object.keys(themes), unlike };
  print({
    name: 'five themes: what is not the page\u2019s, or hard to read',
    value: unlike.length,
    unit: 'looks',
    target: 0,
    detail,
  });
}

export async function reach(world: World): Promise<void> {
  await accessibility(world);
  await messages(world);
  await likeness(world);
}
