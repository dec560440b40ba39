/** Where the focus goes: kept over an overlay and given back, and moved by arrow keys within a group (WAI-ARIA APG, roving tabindex). */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The element with the focus, through shadow roots. */
export const focused = (root: DocumentOrShadowRoot = document): Element | null => {
  const { activeElement } = root;
  return activeElement?.shadowRoot?.activeElement ? focused(activeElement.shadowRoot) : activeElement;
};

const steps: Readonly<Record<string, (at: number, count: number, forward: number) => number>> = {
  ArrowDown: at => at + 1,
  ArrowUp: at => at - 1,
  ArrowRight: (at, _, forward) => at + forward,
  ArrowLeft: (at, _, forward) => at - forward,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #items: () => readonly HTMLElement[];
  #kept?: HTMLElement | undefined;

  /** `items` are the members of the group, in order; the host sets `tabindex` by `current`. */
  constructor(host: ReactiveControllerHost & HTMLElement, items: () => readonly HTMLElement[] = () => []) {
    this.#host = host;
    this.#items = items;
    host.addController(this);
  }

  /** Index of the member that Tab reaches. */
  current = 0;

  hostDisconnected(): void {
    this.#kept = undefined;
  }

  /** Remembers who has the focus now. */
  keep(): void {
    this.#kept = (focused() as HTMLElement | null) ?? undefined;
  }

  /** Gives the focus back, if what had it is still there. */
  restore(): void {
    if (this.#kept?.isConnected) this.#kept.focus();
    this.#kept = undefined;
  }

  /** Moves the focus within the group and hands back whether the key was for it; goes round at the ends. */
  key(event: KeyboardEvent): boolean {
    const step = steps[event.key];
    const items = this.#items();
    if (!step || !items.length || event.ctrlKey || event.altKey || event.metaKey) return false;
    const forward = getComputedStyle(this.#host).direction === 'rtl' ? -1 : 1;
    this.current = (step(this.current, items.length, forward) + items.length) % items.length;
    items[this.current]!.focus();
    this.#host.requestUpdate();
    event.preventDefault();
    return true;
  }
}
