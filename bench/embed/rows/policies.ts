/** What each kind of Content-Security-Policy refuses: nothing, and the widget works. */
import { openPage, pause, show } from '../browser.ts';
import { print } from '../row.ts';
import type { World } from '../world.ts';

const SETTLE_MS = 500;
/** Into a service and on to the times, so that what is loaded later is judged too. */
const GO_ON = `(async () => {
  const frame = document.querySelector('inlay-booking').shadowRoot;
  for (let step = 0; step < 2; step++) {
    frame.querySelector('button.row')?.click();
    await new Promise(resolve => setTimeout(resolve, 900));
  }
  return frame.textContent.replace(/\\s+/g, ' ').slice(0, 80);
})()`;

export async function policies({ browser, url }: World): Promise<void> {
  for (const name of ['strict', 'nonce', 'trusted-types'] as const) {
    const open = await openPage(browser);
    const { visible } = await show(open, url(name));
    const shows = visible !== null;
    const reached = shows ? await open.evaluate<string>(GO_ON) : '';
    await pause(SETTLE_MS);
    const { violations, policies: made } = await open.probed();
    // A widget that a policy kept from showing anything is a failure of its own.
    const value = violations.length + (shows ? 0 : 1);
    const detail = { shows, reached, violations, made, said: open.said };
    print({ name: `policy violations, ${name}`, value, unit: 'violations', target: 0, detail });
    if (name === 'trusted-types')
      print({ name: 'trusted types policies', value: new Set(made).size, unit: 'policies', target: 1, detail: made });
    await open.close();
  }
}
