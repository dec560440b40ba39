/** Runs in a page before anything of it: notes what our widgets say, what moves, what a policy refuses, what is stored and what is listened to. */
import { type Noted, watchPage } from '../watch-page.ts';

export interface Watched extends Noted {
  /** `inlay:*` events in order, without the prefix, with their code where they have one. */
  readonly events: string[];
  readonly errors: string[];
  /** Names of Trusted Types policies. */
  readonly policies: string[];
  readonly stored: string[];
  /** Net listeners on what outlives a widget: the window, the document, its root and body, every media query. */
  readonly listeners: number;
  /** Observations of the document, its root and body that go on. */
  readonly observed: number;
  /** Intervals that run. */
  readonly intervals: number;
}

const watchAll = (): void => {
  // A context may be given it once for each of its pages.
  if ('watched' in window) return;
  const watched = {
    ...(window as unknown as { noted: Noted }).noted,
    events: [] as string[],
    errors: [] as string[],
    policies: [] as string[],
    stored: [] as string[],
    listeners: 0,
    observed: 0,
    intervals: 0,
  };
  Object.defineProperty(window, 'watched', { value: watched });
  const stays = (target: unknown) =>
    target === window ||
    target === document ||
    target === document.documentElement ||
    target === document.body ||
    target instanceof MediaQueryList;

  for (const type of 'ready error open close booking-held booking-confirmed consent prefill'.split(' '))
    document.addEventListener(`inlay:${type}`, event => {
      const { code } = ((event as CustomEvent).detail ?? {}) as { code?: string };
      watched.events.push(code ? `${type} ${code}` : type);
    });
  addEventListener('error', event => watched.errors.push(event.message));
  addEventListener('unhandledrejection', event => watched.errors.push(`${event.reason}`));

  const around = (owner: object | undefined, name: string, before: (self: unknown, args: unknown[]) => void): void => {
    const own = owner && ((owner as Record<string, unknown>)[name] as ((...args: unknown[]) => unknown) | undefined);
    if (!own) return;
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      value(this: unknown, ...args: unknown[]) {
        before(this, args);
        return Reflect.apply(own, this, args);
      },
    });
  };
  for (const name of ['setItem', 'getItem', 'removeItem', 'clear', 'key'])
    around(Storage.prototype, name, (_, [key]) => watched.stored.push(`${name} ${key}`));
  around(window.IDBFactory?.prototype, 'open', (_, [name]) => watched.stored.push(`indexedDB ${name}`));
  around(window.CacheStorage?.prototype, 'open', (_, [name]) => watched.stored.push(`caches ${name}`));
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(value: string) {
      watched.stored.push(`cookie ${value}`);
      cookie.set!.call(this, value);
    },
  });
  around((window as { trustedTypes?: object }).trustedTypes, 'createPolicy', (_, [name]) =>
    watched.policies.push(`${name}`),
  );

  type Key = { readonly type: string; readonly listener: unknown; readonly capture: boolean };
  const held = new WeakMap<object, Key[]>();
  const captures = (options: unknown) =>
    typeof options === 'object' ? !!(options as AddEventListenerOptions | null)?.capture : !!options;
  const drop = (target: object, type: string, listener: unknown, capture: boolean) => {
    const keys = held.get(target) ?? [];
    const at = keys.findIndex(key => key.type === type && key.listener === listener && key.capture === capture);
    if (at < 0) return;
    keys.splice(at, 1);
    watched.listeners--;
  };
  around(EventTarget.prototype, 'addEventListener', (self, [type, listener, options]) => {
    const target = (self ?? window) as object;
    const { signal } = (typeof options === 'object' ? (options ?? {}) : {}) as AddEventListenerOptions;
    if (!stays(target) || !listener || signal?.aborted) return;
    const capture = captures(options);
    const keys = held.get(target) ?? [];
    held.set(target, keys);
    if (keys.some(key => key.type === type && key.listener === listener && key.capture === capture)) return;
    keys.push({ type: `${type}`, listener, capture });
    watched.listeners++;
    // Not `onabort`, which holds one listener alone.
    signal?.addEventListener('abort', () => drop(target, `${type}`, listener, capture));
  });
  around(EventTarget.prototype, 'removeEventListener', (self, [type, listener, options]) =>
    drop((self ?? window) as object, `${type}`, listener, captures(options)),
  );

  for (const { prototype } of [MutationObserver, ResizeObserver, IntersectionObserver]) {
    const targets = new WeakMap<object, Set<unknown>>();
    around(prototype, 'observe', (self, [target]) => {
      const seen = targets.get(self as object) ?? new Set();
      targets.set(self as object, seen);
      if (stays(target) && !seen.has(target)) watched.observed++;
      if (stays(target)) seen.add(target);
    });
    around(prototype, 'disconnect', self => {
      watched.observed -= targets.get(self as object)?.size ?? 0;
      targets.delete(self as object);
    });
  }
  const running = new Set<unknown>();
  const { setInterval: begin, clearInterval: end } = window;
  window.setInterval = ((...args: Parameters<typeof setInterval>) => {
    const id = begin(...args);
    running.add(id);
    watched.intervals = running.size;
    return id;
  }) as typeof setInterval;
  window.clearInterval = id => {
    running.delete(id);
    watched.intervals = running.size;
    end(id);
  };
};

/** To be given to `addInitScript`; what it notes is `window.watched`. */
export const watch = { content: `(${watchPage})();(${watchAll})()` };
