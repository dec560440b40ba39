/** The only script of a frame's page: makes the widget, hands it a client that asks the page around, and tells that page what happens. */
import type { CallOptions, Client, InlayTag, Result } from '../../../embed-sdk/types.ts';
import { hello, type ToGuest, type ToHost } from './messages.ts';

const { port1: port, port2 } = new MessageChannel();
const post = (message: ToHost) => port.postMessage(message);
/** Calls that wait for their result. */
const waiting = new Map<number, (result: Result<unknown>) => void>();
const { tag, src } = document.querySelector<HTMLScriptElement>('script[data-tag]')!.dataset as {
  tag: string;
  src: string;
};
const el = document.createElement(tag) as InlayTag & { client?: Client };
const root = document.documentElement;
let calls = 0;

const clientOf = (opening: Awaited<ReturnType<Client['open']>>): Client => ({
  open: async () => opening,
  call: <T>(action: string, input: unknown, { write = false, proof, signal }: CallOptions = {}) =>
    new Promise<Result<T>>(resolve => {
      const id = ++calls;
      const settle = (result: Result<unknown>) => {
        waiting.delete(id);
        resolve(result as Result<T>);
      };
      waiting.set(id, settle);
      signal?.addEventListener('abort', () => settle({ ok: false, error: { code: 'ABORTED', message: '' } }));
      post({ type: 'call', id, action, input, write, proof });
    }),
});

/** The page's values become this page's own, where the widget samples them as it would anywhere. */
const look = ({ tokens, dark }: Extract<ToGuest, { type: 'looks' }>['looks']) => {
  const { style } = root;
  for (const name of ['accent', 'radius', 'font'] as const) style.setProperty(`--inlay-${name}`, `${tokens[name]}`);
  style.colorScheme = dark ? 'dark' : 'light';
  style.background = `${tokens['paper']}`;
  style.color = `${tokens['ink']}`;
  style.font = `${tokens['size']}/${tokens['leading']} ${tokens['font']}`;
  document.body.style.margin = '0';
};

port.onmessage = async ({ data }: MessageEvent<ToGuest>) => {
  if (data.type === 'looks') look(data.looks);
  else if (data.type === 'result') waiting.get(data.id)?.(data.result);
  else if (data.type === 'attribute') {
    if (data.value === null) el.removeAttribute(data.name);
    else set(data.name, data.value);
  } else if (!el.isConnected) {
    root.lang = data.lang;
    root.dir = data.dir;
    for (const [name, value] of data.attributes) set(name, value);
    el.style.minHeight = data.room;
    el.client = clientOf(data.opening);
    document.body.append(el);
    const { show } = (await import(/* @vite-ignore */ src)) as { show?(el: InlayTag): void };
    show?.(el);
    // Not before: an empty page is lower than the room that is kept for it.
    new ResizeObserver(() => post({ type: 'height', height: Math.ceil(root.offsetHeight) })).observe(root);
  }
};

/** What is the tag's place on the page is not the widget's in here. */
const set = (name: string, value: string) => {
  if (!['mode', 'style', 'class', 'id', 'slot', 'hidden', 'open'].includes(name)) el.setAttribute(name, value);
};

const dispatch = el.dispatchEvent.bind(el);
el.dispatchEvent = event => {
  if (event.type !== 'inlay:connect' && event instanceof CustomEvent)
    post({ type: 'event', name: event.type, detail: event.detail });
  return dispatch(event);
};
matchMedia('(prefers-color-scheme:dark)').addEventListener('change', () => post({ type: 'looks' }));
// The hash is the origin of the page that made this frame: nobody else is told anything.
parent.postMessage(hello, decodeURIComponent(location.hash.slice(1)), [port2]);
