/**
 * What passes between a page and a widget in a sandboxed frame, over a MessagePort of their own. The frame is not trusted: what it
 * sends is checked here, and what does not fit is dropped.
 */
import type { Opening, Result } from '../../../embed-sdk/types.ts';
import type { Looks } from '../chameleon.ts';

/** An action, the challenge of one, or what the kit's own widgets ask for. */
const callable = /^(?:[a-z][A-Za-z0-9]{0,60}(?:\/challenge)?|widgets\/[a-z0-9-]{1,60}\/(?:page|submit))$/;

/** The only message on the window: the frame hands over its port. Its target is the exact origin in the frame's hash. */
export const hello = 'inlay:hello';

/** From the page. */
export type ToGuest =
  | {
      readonly type: 'init';
      readonly attributes: readonly (readonly [name: string, value: string])[];
      readonly lang: string;
      readonly dir: string;
      /** CSS height that the page keeps free, so that nothing below moves. */
      readonly room: string;
      readonly opening: Result<Opening>;
    }
  | { readonly type: 'attribute'; readonly name: string; readonly value: string | null }
  | { readonly type: 'looks'; readonly looks: Looks }
  | { readonly type: 'result'; readonly id: number; readonly result: Result<unknown> };

/** From the frame. */
export type ToHost =
  | { readonly type: 'height'; readonly height: number }
  | { readonly type: 'looks' }
  | { readonly type: 'event'; readonly name: string; readonly detail: unknown }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly action: string;
      readonly input: unknown;
      readonly write: boolean;
      readonly proof?: string | undefined;
    };

/** Pixels; a frame that asks for more scrolls. */
const maxHeight = 20_000;
/** Characters of JSON that an event or a call may carry. */
const maxText = 65_536;

/** The value as JSON has it, in a box; undefined for one that is too large or has no JSON. */
const plain = (value: unknown): { readonly value: unknown } | undefined => {
  if (value === undefined) return { value };
  try {
    const text = JSON.stringify(value);
    return text.length <= maxText ? { value: JSON.parse(text) } : undefined;
  } catch {
    return undefined;
  }
};

/** Events of every widget. */
const common = ['inlay:ready', 'inlay:error', 'inlay:open', 'inlay:close'];
/** What a page says to widgets, whatever a manifest declares. */
const ofPages = ['inlay:connect', 'inlay:consent', 'inlay:prefill'];

/** A message of a frame, or undefined for what is none; `events` are those that the widget's manifest declares. Never throws. */
export const parseToHost = (data: unknown, events: readonly string[] = []): ToHost | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, height, name, detail, id, action, input, write, proof } = data as Record<string, unknown>;
  if (type === 'looks') return { type };
  if (type === 'height')
    return typeof height === 'number' && height >= 0 && height <= maxHeight ? { type, height } : undefined;
  if (type === 'event') {
    const heard = [...common, ...events].find(one => one === name && !ofPages.includes(one));
    const told = plain(detail);
    return heard && told ? { type, name: heard, detail: told.value } : undefined;
  }
  if (type === 'call') {
    if (!Number.isSafeInteger(id) || typeof action !== 'string' || !callable.test(action)) return undefined;
    const given = plain(input);
    const shown = typeof proof === 'string' && proof.length <= maxText ? proof : undefined;
    return given && { type, id: id as number, action, input: given.value, write: write === true, proof: shown };
  }
  return undefined;
};
