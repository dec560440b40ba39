/** Opens the desk at a path, over a fake server. */
import { findings } from '../../widgets/kit/testing/test-element.ts';
import { Api } from '../api/api.ts';
import { define } from '../shell/define.ts';
import { Shell } from '../shell/shell.ts';
import { adoptTokens } from '../styles/tokens.ts';
import { type FakeServer, fakeServer } from './fake-server.ts';

adoptTokens();

const deep = function* (root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
};

export interface OpenDesk {
  readonly server: FakeServer;
  /** The first element anywhere in the desk that fits the selector and holds the text. */
  find<E extends HTMLElement>(selector: string, text?: string): Promise<E>;
  seen(selector: string, text?: string): HTMLElement | undefined;
  type(selector: string, value: string): Promise<void>;
  accessible(): Promise<void>;
  close(): void;
}

export const openDesk = async (path: string, server = fakeServer()): Promise<OpenDesk> => {
  document.documentElement.lang = 'en';
  history.replaceState(null, '', path);
  define('desk-shell', Shell);
  const shell = document.createElement('desk-shell') as Shell;
  shell.api = new Api(server.fetch);
  document.body.append(shell);
  const seen = (selector: string, text = '') =>
    [...deep(shell.shadowRoot!)].find(
      element => element.matches(selector) && (element.textContent ?? '').includes(text),
    );
  const find = async <E extends HTMLElement>(selector: string, text = ''): Promise<E> => {
    const end = performance.now() + 8000;
    for (;;) {
      const found = seen(selector, text);
      if (found) return found as E;
      if (performance.now() > end) throw new Error(`waited in vain for ${selector} ${text}`);
      await new Promise(resume => setTimeout(resume, 10));
    }
  };
  return {
    server,
    find,
    seen,
    type: async (selector, value) => {
      const input = await find<HTMLInputElement>(selector);
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      input.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    },
    accessible: async () => {
      await new Promise(resume => setTimeout(resume, 250));
      const found = await findings(shell);
      if (found.length > 0) throw new Error(found.join('\n'));
    },
    close: () => shell.remove(),
  };
};
