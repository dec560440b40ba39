/** Looks taken from the page: type, colours with enough contrast, corners, light and dark. */
import { html } from 'lit';
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import type { Client, EmbedContext } from '../../embed-sdk/types.ts';
import { InlayElement } from './base-element.ts';
import { watchPage } from './chameleon.ts';
import { contrast, parseColor } from './color.ts';
import { define } from './define.ts';
import { styles } from './styles.ts';

class InlaySwatch extends InlayElement {
  static override styles = styles;
  protected override content(): unknown {
    return html`<h2>Swatch</h2>`;
  }
  protected override skeleton(): unknown {
    return '';
  }
}

const client: Client = {
  open: async () => ({ ok: true, value: { locale: 'en', strings: {}, data: null } }),
  call: async () => ({ ok: false, error: { code: 'NOT_FOUND', message: '' } }),
};

const show = async (css: string, attributes: Record<string, string> = {}, theme?: EmbedContext['theme']) => {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  const page = document.createElement('main');
  page.innerHTML = '<a href="#">link</a><button class="btn">buy</button><input>';
  const el = document.createElement('inlay-swatch') as InlaySwatch;
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  if (theme) el.context = { api: '', m: 'x', v: 1, theme, page: {}, open: () => new Promise(() => {}) };
  else el.client = client;
  page.append(el);
  document.body.append(page);
  await el.updateComplete;
  if (!theme) await until(() => el.frame.querySelector('h2'));
  const token = (name: string) => el.frame.style.getPropertyValue(`--${name}`);
  const ratio = (a: string, b: string) => contrast(parseColor(token(a), el.frame), parseColor(token(b), el.frame));
  return { el, token, ratio };
};

describe('chameleon', () => {
  before(() => define('inlay-swatch', InlaySwatch));
  afterEach(() => {
    document.querySelector('main')?.remove();
    document.head.querySelector('style:last-of-type')?.remove();
  });

  it('takes the type, the button and the corners of the page', async () => {
    const { el, token } = await show(
      'main{font:18px/1.6 Georgia,serif;color:#222;background:#fff}.btn{background:#5b3df5}main input{border-radius:11px}',
    );
    same(token('accent'), 'rgb(91 61 245)');
    same(getComputedStyle(el.frame.querySelector('h2')!.parentElement!).fontFamily, 'Georgia, serif');
    same(getComputedStyle(el.frame).fontSize, '18px');
    same(token('radius'), 'min(11px,1.5em)');
    same(el.frame.style.colorScheme, 'light');
    ok(!el.frame.classList.contains('painted'), 'no surface of its own');
  });

  it('corrects what cannot be read', async () => {
    const pages = [
      'main{color:#aaa;background:#fff}.btn{background:#ffe94a}',
      'main{color:#444;background:#111}.btn{background:#22304a}',
      'main{color:oklch(0.4 0.1 40);background:oklch(0.6 0.2 140)}.btn{background:color(display-p3 0.3 0.7 0.3)}',
    ];
    for (const css of pages) {
      const { el, ratio } = await show(css);
      ok(ratio('ink', 'paper') >= 4.5, `text ${ratio('ink', 'paper')}`);
      ok(ratio('muted', 'paper') >= 4.5, `muted ${ratio('muted', 'paper')}`);
      ok(ratio('accent-text', 'paper') >= 4.5, `accent as text ${ratio('accent-text', 'paper')}`);
      ok(ratio('on-accent', 'accent') >= 4.5, `text on the accent ${ratio('on-accent', 'accent')}`);
      ok(ratio('edge', 'paper') >= 2.95, `edge ${ratio('edge', 'paper')}`);
      el.closest('main')!.remove();
      document.head.querySelector('style:last-of-type')?.remove();
    }
  });

  it('lets the site win over the page, and the tag over the site', async () => {
    const page = 'main{background:#fff;color:#222}.btn{background:#5b3df5}';
    const { token, el } = await show(page, { theme: 'dark' }, { accent: '#0a7d55', radius: '3px', scheme: 'light' });
    same(token('radius'), 'min(3px,1.5em)');
    same(el.frame.style.colorScheme, 'dark');
    ok(el.frame.classList.contains('painted'), 'a dark piece on a light page has its own surface');
  });

  it('follows the page into the dark', async () => {
    const { el } = await show('main{color:#222;background:#fff}.night main{color:#eee;background:#111}');
    document.documentElement.classList.add('night');
    await until(() => el.frame.style.colorScheme === 'dark');
    document.documentElement.classList.remove('night');
    await until(() => el.frame.style.colorScheme === 'light');
  });

  it('wears the theme of a site whose loader came before the element', async () => {
    const el = document.createElement('inlay-late') as InlaySwatch;
    const theme = { accent: 'rgb(200 0 0)', radius: '9px' };
    el.context = { api: '', m: 'x', v: 1, theme, page: {}, open: () => new Promise(() => {}) };
    const page = document.createElement('main');
    page.append(el);
    document.body.append(page);
    define('inlay-late', class extends InlaySwatch {});
    await el.updateComplete;
    same(el.frame.style.getPropertyValue('--accent'), 'rgb(200 0 0)');
    same(el.frame.style.getPropertyValue('--radius'), 'min(9px,1.5em)');
  });

  it('a page that changes all the time is looked at now and then, and once more when it is quiet', async () => {
    const root = document.documentElement;
    const stop = new AbortController();
    const seen: string[] = [];
    watchPage(() => seen.push(root.style.getPropertyValue('--pointer')), stop.signal);
    for (let i = 0; i <= 500; i++) {
      root.style.setProperty('--pointer', `${i}`);
      await Promise.resolve();
    }
    await until(() => seen.at(-1) === '500');
    same(seen[0], '0', 'at once');
    ok(seen.length < 50, `${seen.length} looks`);
    stop.abort();
    const { length } = seen;
    root.style.removeProperty('--pointer');
    await new Promise(resolve => setTimeout(resolve, 500));
    same(seen.length, length, 'looks after the end');
  });
});
