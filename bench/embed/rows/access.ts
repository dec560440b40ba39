/** Keyboard, focus, dialog, zoom, direction and forced colours; each is held by a test of `tests/e2e` too. */
import { bookByKeyboard, focused, tooWide } from '../../../tests/e2e/embed-proof/reach-checks.ts';
import { inPage, steps } from '../../../tests/e2e/embed-proof/steps.ts';
import { openPage, pause, show } from '../browser.ts';
import { print } from '../row.ts';
import type { World } from '../world.ts';

/** Up to the form. */
const walked = steps.slice(0, 4);
const SETTLE_MS = 300;
/** The trigger of a popup comes when the page has had its time. */
const LAUNCHER_MS = 3500;

export async function access(world: World): Promise<void> {
  await keyboard(world);
  await dialog(world);
  await widths(world);
  await forcedColours(world);
}

async function keyboard({ browser, url }: World): Promise<void> {
  const open = await openPage(browser);
  await show(open, url('calm'));
  const failed = await bookByKeyboard(open.page).then(
    () => [],
    (error: Error) => [error.message],
  );
  await open.close();
  print({
    name: 'keyboard alone: steps it does not reach',
    value: failed.length,
    unit: 'steps',
    target: 0,
    detail: failed,
  });
}

async function dialog({ browser, url }: World): Promise<void> {
  const open = await openPage(browser);
  await open.page.goto(url('popup'));
  await pause(LAUNCHER_MS);
  const trigger = inPage(open.page).getByRole('button', { name: 'Book now' });
  await trigger.focus();
  await open.page.keyboard.press('Enter');
  await inPage(open.page)
    .getByRole('button', { name: /Cut and finish/ })
    .waitFor();
  const isModal = await open.evaluate<boolean>(
    `document.querySelector('inlay-booking').shadowRoot.querySelector('dialog').matches(':modal')`,
  );
  await open.page.keyboard.press('Escape');
  await inPage(open.page).getByRole('dialog').waitFor({ state: 'hidden' });
  const after = await focused(open.page);
  await open.close();
  print({ name: 'popup: not a native dialog in the top layer', value: isModal ? 0 : 1, unit: 'dialogs', target: 0 });
  const isBack = after.includes('Book now');
  print({
    name: 'popup: focus lost after it was closed',
    value: isBack ? 0 : 1,
    unit: 'times',
    target: 0,
    detail: after,
  });
}

async function widths({ browser, url }: World): Promise<void> {
  const rows = {
    // What 1280 px are at 200 %, in CSS pixels.
    '200 % zoom': { size: { width: 640, height: 450 }, rtl: false },
    'right to left': { size: { width: 390, height: 800 }, rtl: true },
  };
  for (const [name, { size, rtl }] of Object.entries(rows)) {
    const open = await openPage(browser);
    await open.page.setViewportSize(size);
    if (rtl)
      await open.page.addInitScript(() =>
        document.addEventListener('readystatechange', () => (document.documentElement.dir = 'rtl')),
      );
    await show(open, url('strict'));
    const found: Record<string, number> = {};
    for (const step of walked) {
      await step.go(inPage(open.page));
      await pause(SETTLE_MS);
      found[step.name] = await tooWide(open.page);
    }
    await open.close();
    const value = Math.max(0, ...Object.values(found));
    print({ name: `${name}: wider than the window by`, value, unit: 'px', target: 0, detail: found });
  }
}

async function forcedColours({ browser, url }: World): Promise<void> {
  const open = await openPage(browser);
  await open.page.emulateMedia({ forcedColors: 'active' });
  await show(open, url('calm'));
  for (const step of walked) await step.go(inPage(open.page));
  const bare = await open.evaluate<
    string[]
  >(`[...document.querySelector('inlay-booking').shadowRoot.querySelectorAll('button, input')]
    .filter(element => element.offsetHeight > 1 && !element.classList.contains('link'))
    .filter(element => { const { borderTopWidth, borderTopStyle } = getComputedStyle(element); return parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none'; })
    .map(element => element.className + ' ' + (element.name || element.textContent.trim()))`);
  await open.close();
  print({
    name: 'forced colours: controls without an edge',
    value: bare.length,
    unit: 'controls',
    target: 0,
    detail: bare,
  });
}
