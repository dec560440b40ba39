/** The language and the direction that an element stands in: its own `locale`, else the nearest `lang`, through shadow roots. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface LocaleHost extends ReactiveControllerHost, HTMLElement {
  readonly locale?: string | undefined;
}

const hosts = new Set<LocaleController>();
let watch: MutationObserver | undefined;

const parentOf = (element: Element) => element.parentElement ?? (element.getRootNode() as ShadowRoot).host;

/** The nearest language that Intl knows, else English. */
export const localeOf = (element: Element & { readonly locale?: string | undefined }): string => {
  for (let at: Element | undefined = element; at; at = parentOf(at)) {
    const tag = (at === element && element.locale) || (at as HTMLElement).lang;
    try {
      if (tag) return Intl.getCanonicalLocales(tag)[0]!;
    } catch {}
  }
  return 'en';
};

export class LocaleController implements ReactiveController {
  /** BCP 47. */
  locale = 'en';
  readonly #host: LocaleHost;
  readonly #formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  constructor(host: LocaleHost) {
    this.#host = host;
    host.addController(this);
  }

  get rtl(): boolean {
    return getComputedStyle(this.#host).direction === 'rtl';
  }

  /** One observer of the page's language serves every element. */
  hostConnected(): void {
    hosts.add(this);
    watch ??= new MutationObserver(() => {
      for (const { update } of hosts) update();
    });
    if (hosts.size === 1) watch.observe(document.documentElement, { attributeFilter: ['lang', 'dir'] });
    this.update();
  }

  hostDisconnected(): void {
    hosts.delete(this);
    if (!hosts.size) watch?.disconnect();
  }

  hostUpdate(): void {
    const locale = localeOf(this.#host);
    if (locale !== this.locale) this.#formats.clear();
    this.locale = locale;
  }

  update = (): void => {
    this.hostUpdate();
    this.#host.requestUpdate();
  };

  /** Making a format is slow, so each is made once. */
  number(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
    return this.#format('n', options, () => new Intl.NumberFormat(this.locale, options)) as Intl.NumberFormat;
  }

  date(options: Intl.DateTimeFormatOptions = {}): Intl.DateTimeFormat {
    return this.#format('d', options, () => new Intl.DateTimeFormat(this.locale, options)) as Intl.DateTimeFormat;
  }

  #format(kind: string, options: object, make: () => Intl.NumberFormat | Intl.DateTimeFormat) {
    const key = kind + JSON.stringify(options);
    const found = this.#formats.get(key) ?? make();
    this.#formats.set(key, found);
    return found;
  }
}
