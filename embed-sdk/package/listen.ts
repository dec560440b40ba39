/** Listeners of a wrapper on its element. */
import type { InlayTagName, WidgetOptions } from './tag-types.ts';

/** Adds what there is and hands back what takes it away again. */
export const listen = <T extends InlayTagName>(
  element: EventTarget,
  { on, onReady, onError }: WidgetOptions<T>,
): (() => void) => {
  const stop = new AbortController();
  const add = (name: string, listener?: unknown) =>
    listener && element.addEventListener(name, listener as EventListener, { signal: stop.signal });
  for (const name in on) add(name, on[name]);
  add('inlay:ready', onReady && (() => onReady()));
  add('inlay:error', onError && (({ detail }: CustomEvent) => onError(detail)));
  return () => stop.abort();
};
