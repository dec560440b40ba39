/**
 * Makes a widget look as if it had always been part of the page: samples type, colours and corners of the host at the
 * tag and sets the primitive tokens. The page's `--inlay-accent` and `--inlay-radius` win, then the site's theme.
 */
import type { ReactiveController } from 'lit';
import type { SiteTheme } from '../../schemas/protocol/control.ts';
import { black, chroma, contrast, luminance, mix, parseColor, type Rgba, readable, toCss, white } from './color.ts';

export interface ChameleonHost extends HTMLElement {
  readonly frame: HTMLElement;
  readonly theme?: string | undefined;
  readonly context?: { readonly theme: SiteTheme } | undefined;
  readonly hasUpdated: boolean;
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
}

/** What a page looks like where a tag stands. */
export interface Looks {
  /** Values of the primitive tokens, by name without dashes. */
  readonly tokens: Readonly<Record<string, string | number>>;
  readonly dark: boolean;
  /** The widget has to bring a background of its own, as the page's is of the other scheme. */
  readonly painted: boolean;
}

const buttons = 'button,[type=submit],a[class*=btn],a[class*=button],a[class*=cta]';
const fields = 'input:not([type=checkbox],[type=radio],[type=hidden],[type=range]),select,textarea';

const clamp = (low: number, value: number, high: number) => Math.min(Math.max(value, low), high);

export class Chameleon implements ReactiveController {
  readonly #host: ChameleonHost;
  #watch?: AbortController;

  constructor(host: ChameleonHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch = new AbortController();
    watchPage(() => this.sample(), this.#watch.signal);
    // In another place. The first time the host samples with its first update, when it has the site's theme.
    if (this.#host.hasUpdated) this.sample();
  }

  hostDisconnected(): void {
    this.#watch?.abort();
  }

  /** Reads the host page and sets the tokens on the widget's frame. */
  sample(): void {
    const { frame, context, theme } = this.#host;
    const { tokens, dark, painted } = sampleLooks(this.#host, frame, context?.theme, theme);
    for (const [name, value] of Object.entries(tokens)) frame.style.setProperty(`--${name}`, `${value}`);
    frame.style.colorScheme = dark ? 'dark' : 'light';
    frame.classList.toggle('painted', painted);
    this.#host.requestUpdate();
  }
}

/** Calls when the page may look otherwise than before, or gives other values, until the signal. */
export const watchPage = (sample: () => void, signal: AbortSignal): void => {
  let timer = 0;
  let rounds: number;
  const round = () => {
    if (signal.aborted) return;
    sample();
    timer = rounds-- ? (setTimeout(round, 200) as unknown as number) : 0;
  };
  // At once, then twice more, as the host's own colours may still be in transition. A page that changes with every frame waits its turn.
  const again = () => {
    rounds = 2;
    if (!timer) round();
  };
  addEventListener('load', again, { signal });
  document.addEventListener('inlay:prefill', again, { signal });
  matchMedia('(prefers-color-scheme:dark)').addEventListener('change', again, { signal });
  // Any attribute: every framework has another one for its dark looks.
  const observer = new MutationObserver(again);
  for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
  signal.addEventListener('abort', () => observer.disconnect());
};

/** Reads the page around `host`; `probe` is an element of ours that stands in it, for reading colours. */
export const sampleLooks = (host: Element, probe: HTMLElement, siteTheme: SiteTheme = {}, theme?: string): Looks => {
  const own = getComputedStyle(host);
  const color = (value: string) => parseColor(value, probe);
  let ink = color(own.color);
  let paper = luminance(ink) > 0.5 ? black : white;
  for (let at: Element | undefined = host; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host) {
    const style = getComputedStyle(at);
    const found = color(style.backgroundColor);
    if (style.backgroundImage !== 'none') break;
    if (found[3] > 0.5) {
      paper = found;
      break;
    }
  }
  const scheme = theme || siteTheme.scheme;
  const dark = scheme === 'dark' || (scheme !== 'light' && luminance(paper) < 0.18);
  const painted = dark !== luminance(paper) < 0.18;
  if (painted) {
    paper = dark ? black : white;
    ink = dark ? white : black;
  }
  ink = readable(ink, paper, 7);

  const wanted = own.getPropertyValue('--inlay-accent') || siteTheme.accent;
  const button = mainButton(paper, color);
  const link = document.querySelector('main a,article a,p a');
  const linked = link && color(getComputedStyle(link).color);
  const accent = wanted ? color(wanted) : (button?.fill ?? (linked && chroma(linked) > 0.15 ? linked : ink));
  const words = readable(accent, paper, 4.5);
  // A pale accent vanishes as a surface too: WCAG asks 3:1 of the edge of what can be pressed.
  const fill = readable(accent, paper, 3);
  const onFill = contrast(white, fill) >= 4.5 ? white : ([0, 0, 0, 1] as const);

  const field = document.querySelector(fields);
  const shaped = field || button?.element;
  const corner = shaped ? getComputedStyle(shaped).borderTopLeftRadius : '';
  const radius = own.getPropertyValue('--inlay-radius') || siteTheme.radius || (/px$/.test(corner) ? corner : '6px');
  const heading = document.querySelector('main h2,h2,h1');
  const title = heading ? getComputedStyle(heading) : own;
  const size = clamp(14, parseFloat(own.fontSize), 20);
  const tokens: Record<string, string | number> = {
    ink: toCss(ink),
    paper: toCss(paper),
    accent: toCss(fill),
    'on-accent': toCss(onFill),
    'accent-text': toCss(words),
    muted: toCss(readable(mix(ink, paper, 0.4), paper, 4.5)),
    edge: toCss(readable(mix(ink, paper, 0.6), paper, 3)),
    danger: toCss(readable([0.75, 0.12, 0.12, 1], paper, 4.5)),
    radius: `min(${radius},1.5em)`,
    font: own.getPropertyValue('--inlay-font') || own.fontFamily,
    size: `${size}px`,
    leading: clamp(1.3, parseFloat(own.lineHeight) / parseFloat(own.fontSize) || 1.5, 1.7),
    'title-font': title.fontFamily,
    'title-weight': heading ? title.fontWeight : 600,
  };
  return { tokens, dark, painted };
};

/** The page's main button: the first coloured one, else the first that stands out. */
const mainButton = (paper: Rgba, color: (value: string) => Rgba): { element: Element; fill: Rgba } | undefined => {
  const filled = [...document.querySelectorAll(buttons)]
    .slice(0, 60)
    .map(element => ({ element, fill: color(getComputedStyle(element).backgroundColor) }))
    .filter(({ fill }) => fill[3] > 0.9 && contrast(fill, paper) > 1.25);
  return filled.find(({ fill }) => chroma(fill) > 0.15) ?? filled.find(({ fill }) => contrast(fill, paper) > 3);
};
