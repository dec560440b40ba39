/** What the desk says of a website's pages: seen, refused since, or not there yet. */
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import { SiteSeen } from './site-seen.ts';

const origin = (name: string, lastAt: string | null) => ({ id: name, origin: name, createdAt: '', lastAt });

describe('whether a page has the widgets', () => {
  before(() => {
    if (!customElements.get('desk-site-seen')) customElements.define('desk-site-seen', SiteSeen);
  });
  const shown = async (values: Pick<SiteSeen, 'origins' | 'refused'>): Promise<SiteSeen> => {
    const element = Object.assign(document.createElement('desk-site-seen') as SiteSeen, { zone: 'UTC', ...values });
    document.body.append(element);
    await element.updateComplete;
    return element;
  };
  const said = ({ renderRoot }: SiteSeen) => renderRoot.querySelector('[role=status]')!.textContent!.trim();

  it('says the latest that pages have told', async () => {
    const early = '2026-11-25T10:00:00Z';
    const late = '2026-11-26T10:00:00Z';
    const draft = (lastAt: string) => [{ origin: 'https://draft.rosa.cz', lastAt }];
    const cases = [
      [[], [], /^First add the address/],
      [[origin('https://rosa.cz', null)], [], /^No page has shown a widget yet/],
      [[origin('https://rosa.cz', null)], draft(early), /^A page at https:\/\/draft\.rosa\.cz has it, and was refused/],
      [[origin('https://rosa.cz', early)], draft(late), /^A page at https:\/\/draft\.rosa\.cz/],
      [[origin('https://rosa.cz', late)], draft(early), /^https:\/\/rosa\.cz showed a widget at/],
      [[origin('https://a.cz', early), origin('https://b.cz', late)], [], /^https:\/\/b\.cz showed/],
    ] as const;
    for (const [origins, refused, words] of cases) {
      const element = await shown({ origins, refused });
      ok(words.test(said(element)), `${said(element)} is not ${words}`);
      element.remove();
    }
  });

  it('asks to look again, and helps where nothing shows', async () => {
    const element = await shown({ origins: [], refused: [] });
    let looks = 0;
    element.addEventListener('look', () => looks++);
    element.renderRoot.querySelector('button')!.click();
    same(looks, 1);
    same(element.renderRoot.querySelectorAll('details li').length, 5);
    element.remove();
  });
});
