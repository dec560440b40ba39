/** What the service's script does on a page, in the place of the internet: a token, or a question first. */
import type { BrowserContext, Route } from 'playwright-core';
import { serviceKey, type TurnstileServer } from './turnstile-server.ts';

const address = 'https://challenges.cloudflare.com/turnstile/v0/api.js';

/** As its documentation has it: `render` into a box, a token or a question, calls back. */
const script = (asks: boolean) => `
  window.turnstile = {
    render(box, options) {
      const give = async () => options.callback(await window.giveToken({ action: options.action, cdata: options.cData, key: options.sitekey }));
      if (${asks}) {
        options['before-interactive-callback']();
        const button = document.createElement('button');
        button.textContent = 'I am human';
        button.style.cssText = options.size === 'compact' ? 'width:150px;height:140px' : 'display:block;width:100%;min-width:300px;height:65px';
        button.onclick = give;
        box.append(button);
      } else give();
      return 'widget';
    },
  };`;

/** What the network makes of the script. */
export type ServiceAnswer = 'gives' | 'asks' | 'is blocked';

/** `hostname` is the one that the script runs at; `seen` hears of each time that it is asked for. */
export async function openService(
  context: BrowserContext,
  service: TurnstileServer,
  { answer, hostname, seen }: { answer: ServiceAnswer; hostname: string; seen?: (route: Route) => void },
): Promise<void> {
  await context.exposeFunction('giveToken', ({ key, ...proved }: { action: string; cdata: string; key: string }) => {
    if (key !== serviceKey) throw new Error(`another site's key: ${key}`);
    return service.token({ hostname, ...proved });
  });
  await context.route(`${address}*`, route => {
    seen?.(route);
    return answer === 'is blocked'
      ? route.abort('blockedbyclient')
      : route.fulfill({ contentType: 'text/javascript', body: script(answer === 'asks') });
  });
}
