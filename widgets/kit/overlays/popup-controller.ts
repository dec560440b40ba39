/** Shows a `popover` in the top layer beside its anchor and keeps it there while the page scrolls or changes its size. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { place, type Wish } from './place.ts';

export interface PopupHost extends ReactiveControllerHost, HTMLElement {
  /** What the popup stands beside. */
  readonly anchor: HTMLElement | undefined;
}

export class PopupController implements ReactiveController {
  readonly #host: PopupHost;
  readonly #wish: () => Wish;
  readonly #changed: (open: boolean) => void;
  #watch?: AbortController | undefined;
  #wasOpen: boolean | undefined;

  /** `changed` hears of every opening and closing, also by the browser (Escape, a press elsewhere). */
  constructor(host: PopupHost, wish: () => Wish = () => ({}), changed: (open: boolean) => void = () => {}) {
    this.#host = host;
    this.#wish = wish;
    this.#changed = changed;
    host.addController(this);
  }

  get #popup(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('[popover]');
  }

  get open(): boolean {
    return this.#watch !== undefined;
  }

  hostDisconnected(): void {
    this.#ended();
  }

  show(): void {
    const popup = this.#popup;
    if (this.open || !popup || !this.#host.isConnected) return;
    popup.showPopover();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    addEventListener('scroll', this.#place, { signal, capture: true, passive: true });
    addEventListener('resize', this.#place, { signal, passive: true });
    // Before it is hidden: the focus is still in it then.
    popup.addEventListener('beforetoggle', event => (event as ToggleEvent).newState === 'closed' && this.#ended(), {
      signal,
    });
    this.#place();
    this.#changed(true);
  }

  hide(): void {
    if (!this.open) return;
    if (this.#popup?.matches(':popover-open')) this.#popup.hidePopover();
    this.#ended();
  }

  /** For the trigger's `pointerdown`: the browser may close the popup before the click comes, which is no wish to open it again. */
  press = (): void => {
    this.#wasOpen = this.open;
  };

  /** For the trigger's `click`. */
  toggle = (): void => {
    const open = this.#wasOpen ?? this.open;
    this.#wasOpen = undefined;
    open ? this.hide() : this.show();
  };

  #ended(): void {
    if (!this.#watch) return;
    this.#watch.abort();
    this.#watch = undefined;
    this.#changed(false);
  }

  #place = (): void => {
    const { anchor } = this.#host;
    const popup = this.#popup;
    if (!anchor || !popup) return;
    const rtl = getComputedStyle(this.#host).direction === 'rtl';
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    // Not the rectangle: it is in motion while the popup comes in.
    const size = { width: popup.offsetWidth, height: popup.offsetHeight };
    const { left, top, side } = place(
      anchor.getBoundingClientRect(),
      size,
      { width, height },
      { rtl, ...this.#wish() },
    );
    popup.style.left = `${left}px`;
    popup.style.top = `${top}px`;
    popup.dataset['side'] = side;
  };
}
