/** The script of our page in a form's frame: loads Cloudflare Turnstile, lets it prove what the form asks for, and tells the form. */
import { type FromCaptcha, parseToCaptcha } from './captcha-messages.ts';

/** What is used of https://developers.cloudflare.com/turnstile/get-started/client-side-rendering/widget-configurations/. */
interface Turnstile {
  render(container: Element, options: Readonly<Record<string, unknown>>): string;
}

const address = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit';
const { key } = document.querySelector<HTMLScriptElement>('script[data-key]')!.dataset;

const prove = (data: unknown, port: MessagePort) => {
  const post = (message: FromCaptcha) => port.postMessage(message);
  const failed = () => {
    post({ type: 'failed' });
    // The service's own words about it stay out of the console.
    return true;
  };
  const asked = parseToCaptcha(data);
  if (!asked) return;
  const { seed, action, language, dark } = asked;
  document.documentElement.lang = language;
  const box = document.createElement('div');
  document.body.append(box);
  const script = document.createElement('script');
  script.src = address;
  script.onerror = failed;
  script.onload = () => {
    const { turnstile } = globalThis as { turnstile?: Turnstile };
    turnstile?.render(box, {
      sitekey: key,
      action,
      cData: seed,
      language,
      theme: dark ? 'dark' : 'light',
      // A flexible one is at least 300 px wide, a compact one 150.
      size: innerWidth < 300 ? 'compact' : 'flexible',
      appearance: 'interaction-only',
      retry: 'never',
      'response-field': false,
      callback: (token: string) => post({ type: 'token', token }),
      'before-interactive-callback': () => {
        post({ type: 'asks' });
        new ResizeObserver(() => post({ type: 'height', height: Math.min(1_000, box.scrollHeight) })).observe(box);
      },
      'error-callback': failed,
      'timeout-callback': failed,
      'unsupported-callback': failed,
    });
  };
  document.head.append(script);
  post({ type: 'ready' });
};

addEventListener('message', ({ source, data, ports }) => {
  // The page around may be any that the policy lets frame this one; what it sends is checked, and it gets a token for its own challenge.
  if (source === parent && ports[0]) prove(data, ports[0]);
});
