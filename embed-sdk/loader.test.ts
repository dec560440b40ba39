/** The loader on pages of its own: late tags, a second script, the queue, failures. */
import type { EmbedManifest } from '../schemas/protocol/embed.ts';
import { ok, same, until } from './testing/assert.ts';
import type { InlayFunction, InlayTag } from './types.ts';

type Page = Window & typeof globalThis & { Inlay: InlayFunction; asked: string[]; failing?: boolean };

const api = location.origin;
const file = new URL('./testing/probe-widget.ts', import.meta.url).pathname;
const manifest: EmbedManifest = {
  key: 'site_test',
  api,
  locale: 'cs',
  theme: {},
  words: ['Not loaded. ', 'Try again'],
  failure: [
    { code: 'OFFLINE', detail: 'Offline.' },
    { code: 'UNREACHABLE', detail: 'No answer.' },
    { code: 'TIMEOUT', detail: 'Not in time.' },
  ],
  missing: { code: 'NOT_ENABLED', detail: 'Not here.' },
  integrity: {},
  files: [],
  widgets: {
    'inlay-probe': { m: 'probe', v: 1, files: [file], events: [], height: 300 },
    'inlay-second': { m: 'second', v: 1, files: [file], events: [], height: 300 },
  },
};
const tag = '<inlay-probe><svg width="1" height="123" aria-hidden="true"></svg></inlay-probe>';

const frames: HTMLIFrameElement[] = [];
let text = '';

const openPage = async (body: string, lang = ''): Promise<Page> => {
  const frame = document.createElement('iframe');
  frames.push(frame);
  frame.srcdoc = `<!doctype html><html lang="${lang}"><body>${body}</body></html>`;
  document.body.append(frame);
  await new Promise(resolve => frame.addEventListener('load', resolve));
  const page = frame.contentWindow as Page;
  page.asked = [];
  page.console.warn = () => {};
  page.fetch = async url => {
    page.asked.push(String(url));
    if (page.failing) {
      const body = { code: 'ORIGIN_NOT_ALLOWED', title: 'This website is not on the allowed list' };
      return new Response(JSON.stringify(body), { status: 403 });
    }
    return new Response(JSON.stringify({ token: 't', expiresIn: 60, locale: 'cs', modules: { probe: {} } }));
  };
  return page;
};

const run = (page: Page) => {
  const script = page.document.createElement('script');
  script.textContent = text;
  page.document.head.append(script);
};

const probes = (page: Page) => [...page.document.querySelectorAll<InlayTag>('inlay-probe')];

describe('loader', () => {
  before(async () => {
    const source = await (await fetch(new URL('./loader.ts', import.meta.url))).text();
    ok(/["']__INLAY_MANIFEST__["']/.test(source), 'the loader has its manifest literal');
    text = `(() => {${source.replace(/["']__INLAY_MANIFEST__["']/, JSON.stringify(manifest)).replace(/^export .*$/gm, '')}})()`;
  });
  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
  });

  it('gives tags their context, with one session for all of them, in the language of the page', async () => {
    const page = await openPage(tag + tag, 'de');
    run(page);
    await until(() => page.asked.length);
    same(
      probes(page).map(el => el.context?.m),
      ['probe', 'probe'],
    );
    same(page.asked, [`${api}/embed/site_test/session?m=probe&locale=de`]);
    await until(() => page.customElements.get('inlay-probe'));
  });

  it('says a language that is none as one, whatever is in it', async () => {
    const page = await openPage(tag, 'de&amp;m=x#y');
    run(page);
    await until(() => page.asked.length);
    same(new URL(page.asked[0]!).search, '?m=probe&locale=de%26m%3Dx%23y');
  });

  it('asks for a session anew for a module more, and in the place of one that is stale', async () => {
    const page = await openPage(tag);
    run(page);
    await until(() => page.asked.length);
    const { context } = probes(page)[0]!;
    const first = context!.open();
    ok(first === context!.open(), 'one session');
    const second = context!.open(first);
    ok(first !== second && second === context!.open(first), 'another in its place');
    page.document.body.append(page.document.createElement('inlay-second'));
    await until(() => page.asked.length === 3);
    const url = `${api}/embed/site_test/session?m=probe`;
    same(page.asked, [`${url}&locale=cs`, `${url}&locale=cs`, `${url},second&locale=cs`]);
  });

  it('copies the height that the placeholder takes', async () => {
    const page = await openPage(`<p>a</p>${tag}<p id="after">b</p>`);
    const before = page.document.getElementById('after')!.getBoundingClientRect().top;
    run(page);
    const [el] = probes(page);
    await until(() => el!.style.minHeight);
    el!.replaceChildren();
    same(page.document.getElementById('after')!.getBoundingClientRect().top, before, 'top of what follows');
  });

  it('finds tags that come later, inside what was added, and in shadow roots', async () => {
    const page = await openPage('');
    run(page);
    const div = page.document.createElement('div');
    div.innerHTML = `<section>${tag}</section>`;
    page.document.body.append(div);
    await until(() => probes(page)[0]?.context);
    await until(() => page.customElements.get('inlay-probe'));
    const defined = page.document.createElement('div');
    defined.innerHTML = `<section>${tag}</section>`;
    page.document.body.append(defined);
    await until(() => probes(page)[1]?.context && probes(page)[1]!.style.minHeight);
    const host = page.document.createElement('div');
    page.document.body.append(host);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = tag;
    await until(() => (root.firstElementChild as InlayTag).context);
  });

  it('runs once when it is there twice', async () => {
    const page = await openPage(tag);
    run(page);
    const first = page.Inlay;
    run(page);
    ok(page.Inlay === first, 'the first one stays');
    await until(() => page.customElements.get('inlay-probe'));
    same(page.asked.length, 1);
  });

  it('takes the place of what is no queue of ours', async () => {
    for (const other of [7, 'text', {}, { q: 7 }, { q: 'text' }, { q: {} }]) {
      const page = await openPage('<inlay-probe></inlay-probe>');
      page.Inlay = other as unknown as InlayFunction;
      run(page);
      same(typeof page.Inlay, 'function');
      await until(() => page.asked.length);
    }
  });

  it('works off the queue, and never throws at the host', async () => {
    const page = await openPage('<div id="spot"></div>');
    page.Inlay = { q: [['mount', 'inlay-probe', { target: '#spot', locale: 'es' }]] } as unknown as InlayFunction;
    run(page);
    const [el] = probes(page);
    same(el?.parentElement?.id, 'spot');
    same(el?.getAttribute('locale'), 'es');
    await until(() => page.asked.length);
    same(page.asked, [`${api}/embed/site_test/session?m=probe&locale=es`]);
    const lost = page.Inlay('mount', 'inlay-probe', { target: '#nowhere' });
    same(lost?.ok === false && lost.error.code, 'INVALID_REQUEST');
    const mounted = page.Inlay('mount', 'inlay-probe', { target: '#spot', theme: 'dark' });
    ok(mounted?.ok, 'mounted');
    mounted.update({ theme: null });
    ok(!mounted.element.hasAttribute('theme'), 'updated');
    mounted.update({ theme: 'light', locale: undefined } as never);
    same([mounted.element.getAttribute('theme'), mounted.element.getAttribute('locale')], ['light', null]);
    mounted.unmount();
    same(probes(page).length, 1);
  });

  it('nothing that a page hands over is thrown back at it: a result says what was wrong', async () => {
    const page = await openPage('<div id="spot"></div>');
    run(page);
    const call = page.Inlay as (...input: unknown[]) => { ok: boolean; error?: { code: string; message: string } };
    const trap = {
      get target(): string {
        throw new Error('trap');
      },
    };
    for (const input of [
      ['mount'],
      ['mount', 'inlay-probe'],
      ['mount', 'inlay-probe', null],
      ['mount', 'inlay-probe', {}],
      ['mount', 'inlay-probe', { target: '###' }],
      ['mount', 'inlay-probe', { target: '#spot', '1bad name': 'x' }],
      ['mount', 'not a tag', { target: '#spot' }],
      ['mount', 'inlay-probe', trap],
      [Symbol('mount')],
    ]) {
      const { ok: done, error } = call(...input);
      ok(!done, `${input.map(String)}`);
      same(error!.code, 'INVALID_REQUEST');
      ok(error!.message.length > 0, 'a message');
    }
    same(probes(page).length, 0);
    for (const input of [[], [null], ['consent'], ['consent', null], ['prefill', 7], ['unheard-of', {}]])
      ok(call(...input).ok, `${input.map(String)}`);
    const mounted = page.Inlay('mount', 'inlay-probe', { target: '#spot' });
    ok(mounted.ok, 'mounted');
    same(mounted.update({ '1bad name': 'x' } as never).ok, false);
    ok(mounted.update({ theme: 'dark' }).ok, 'updated');
    ok(mounted.update(null as never).ok, 'nothing to update');
    mounted.unmount();
    mounted.unmount();
  });

  it('shows a way on where it fails, says so once, and tries again when asked', async () => {
    const page = await openPage(tag + tag);
    const warnings: unknown[] = [];
    const events: string[] = [];
    page.console.warn = (...said: unknown[]) => warnings.push(said);
    page.addEventListener('inlay:error', event => events.push((event as CustomEvent).detail.code));
    page.failing = true;
    run(page);
    const button = await until(() => page.document.querySelector('button'));
    await until(() => events.length === 2);
    same(events, ['ORIGIN_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED']);
    same(warnings.length, 1);
    ok(probes(page)[0]!.fallback, 'marked');
    page.failing = false;
    button.click();
    ok(!probes(page)[0]!.fallback, 'cleared');
    await until(() => page.asked.length === 2);
  });
});
