/** `@inlay/embed`: loads a site's script once, and mounts widgets by code. Safe to import and to call on a server. */
import type { InlayFunction, Mounted, Result } from '../page-types.ts';
import type { Attributes, InlayTagName } from './tag-types.ts';

export type { ClientError, Consent, Done, InlayFunction, Mounted, MountOptions, Result } from '../page-types.ts';
export type { Attributes, Events, InlayTagName, Listeners, WidgetOptions } from './tag-types.ts';
export type { InlayTags } from './tags.ts';

export interface LoadOptions {
  /** Public key of the site, `site_...`. */
  readonly siteKey: string;
  /** Origin that serves Inlay, such as `https://inlay.example`. */
  readonly host: string;
  /** Of a pinned script (`sha256-...`): the page gets those bytes for good, and no others. */
  readonly integrity?: string;
  /** Of the page's Content-Security-Policy. */
  readonly nonce?: string;
}

type Loaded = Result<InlayFunction>;

let loading: Promise<Loaded> | undefined;
let policy: { createScriptURL(url: string): string } | undefined;

const failed = (code: string, message: string) => ({ ok: false as const, error: { code, message } });

/** A pinned script is at the SHA-256 of its text. */
const pathOf = (siteKey: string, integrity?: string) =>
  integrity
    ? `pinned/${[...atob(integrity.slice(7))].map(char => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')}`
    : siteKey;

/** A page that asks for Trusted Types has one name to allow: the widgets' own. This policy takes one address alone. */
const trusted = (url: string): string => {
  const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: object): typeof policy } };
  policy ??= trustedTypes?.createPolicy('lit-html', { createScriptURL: (url: string) => url });
  return policy?.createScriptURL(url) ?? url;
};

const load = ({ siteKey, host, integrity, nonce }: LoadOptions) =>
  new Promise<Loaded>(resolve => {
    const script = document.createElement('script');
    const settle = () => {
      const { Inlay } = window;
      if (Inlay?.on) return resolve({ ok: true, value: Inlay });
      // So that a later call tries again.
      loading = undefined;
      script.remove();
      resolve(failed('UNREACHABLE', `${script.src} could not be loaded.`));
    };
    script.async = true;
    script.onload = script.onerror = settle;
    if (nonce) script.nonce = nonce;
    if (integrity) {
      script.integrity = integrity;
      script.crossOrigin = '';
    }
    script.src = trusted(`${host}/embed/${pathOf(siteKey, integrity)}.js`);
    document.head.append(script);
  }).catch(error => {
    loading = undefined;
    return failed('INVALID_REQUEST', `${error}`);
  });

/** Loads the script; every call after the first has the same answer. On a server: `NO_DOCUMENT`. Never rejects. */
export const loadInlay = (options: LoadOptions): Promise<Loaded> => {
  if (typeof document === 'undefined') return Promise.resolve(failed('NO_DOCUMENT', 'There is no page to load it in.'));
  loading ??= window.Inlay?.on ? Promise.resolve({ ok: true, value: window.Inlay }) : load(options);
  return loading;
};

/** Makes a tag and puts it at the end of `target`: a selector, an element or a shadow root. Before `loadInlay`: `NOT_LOADED`. */
export const mount = async <T extends InlayTagName>(
  tag: T,
  options: Attributes<T> & { readonly target: string | Element | ShadowRoot },
): Promise<Mounted> => {
  const loaded = await (loading ?? failed('NOT_LOADED', 'Call loadInlay first.'));
  return loaded.ok ? loaded.value('mount', tag, options as never) : loaded;
};
