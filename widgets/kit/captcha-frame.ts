/**
 * A token of Cloudflare Turnstile, got in a frame of ours: the service's script runs there and never on the page around it, whose
 * policy lets our frames in and nothing of the service's.
 */
import type { TurnstileChallenge } from '../../schemas/protocol/captcha.ts';
import { parseFromCaptcha, type ToCaptcha, toCaptcha } from './frame/captcha-messages.ts';

export interface TokenOptions {
  /** Where the frame stands; it takes room only once the visitor has something to do in it. */
  readonly place: Element;
  /** Says what it is for to assistive technology. */
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly dark: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds until our page must have answered, and until the service must have. */
const patience = { page: 5_000, service: 12_000 };
/** A challenge is over after so many milliseconds, whatever the visitor does. */
const longest = 290_000;

/** Undefined where the frame or the service's script cannot load, the service gives up, or the signal says so. */
export const tokenFor = (
  { frame, seed, action }: TurnstileChallenge,
  { place, title, language, dark, signal }: TokenOptions,
): Promise<string | undefined> =>
  new Promise(resolve => {
    const iframe = document.createElement('iframe');
    const { port1: port, port2 } = new MessageChannel();
    const { origin } = new URL(frame);
    const { style } = iframe;
    let timer = 0;
    const wait = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(settle, ms) as unknown as number;
    };
    const refused = ({ blockedURI }: SecurityPolicyViolationEvent) => blockedURI.startsWith(origin) && settle();
    const aborted = () => settle();
    const settle = (token?: string) => {
      clearTimeout(timer);
      document.removeEventListener('securitypolicyviolation', refused);
      signal?.removeEventListener('abort', aborted);
      port.close();
      iframe.remove();
      resolve(token);
    };
    port.onmessage = ({ data }) => {
      const message = parseFromCaptcha(data);
      if (message?.type === 'ready') wait(patience.service);
      else if (message?.type === 'asks') wait(longest);
      else if (message?.type === 'height') {
        style.position = 'static';
        style.width = '100%';
        style.height = `${message.height}px`;
      } else if (message?.type === 'token') settle(message.token);
      else if (message?.type === 'failed') settle();
    };
    iframe.title = title;
    // As wide as it will be, since the service chooses its size by that.
    style.cssText = `all:initial;display:block;position:absolute;width:${place.parentElement!.clientWidth}px;height:0`;
    iframe.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms');
    iframe.onload = () => {
      const message: ToCaptcha = { type: toCaptcha, seed, action, language, dark };
      iframe.contentWindow?.postMessage(message, origin, [port2]);
    };
    document.addEventListener('securitypolicyviolation', refused);
    signal?.addEventListener('abort', aborted);
    iframe.src = frame;
    place.append(iframe);
    wait(patience.page);
  });
