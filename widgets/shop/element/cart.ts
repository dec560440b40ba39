/** What the visitor has put into the cart: kept in the page's storage once there is something, and followed by other tabs. */
import type { ReactiveController } from 'lit';
import type { InlayElement } from '../../kit/base-element.ts';
import type { CartLine } from './shop-types.ts';

/** As many lines as the server prices. */
const most = 50;

/** Whoever else writes into the page's storage, lines are lines. */
const read = (text: string | null): readonly CartLine[] => {
  try {
    return (JSON.parse(text!) as CartLine[])
      .filter(
        ({ variant, quantity }) => typeof variant === 'string' && quantity > 0 && quantity < 100 && quantity % 1 === 0,
      )
      .slice(0, most);
  } catch {
    return [];
  }
};

export class Cart implements ReactiveController {
  lines: readonly CartLine[] = [];
  /** Another tab has changed it. */
  onFollow = () => {};
  readonly #host: InlayElement;

  constructor(host: InlayElement) {
    this.#host = host;
    host.addController(this);
  }

  get count(): number {
    return this.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  get #key(): string {
    const { context } = this.#host;
    return `inlay.${context?.m ?? 'shop'}.${context?.key ?? ''}`;
  }

  hostConnected(): void {
    addEventListener('storage', this.#follow);
  }

  hostDisconnected(): void {
    removeEventListener('storage', this.#follow);
  }

  /** Takes over what an earlier page has left. */
  open(): void {
    try {
      this.lines = read(localStorage.getItem(this.#key));
    } catch {
      // A page without storage has its cart for as long as it stands.
    }
  }

  #follow = ({ key, newValue }: StorageEvent): void => {
    if (key !== this.#key) return;
    this.lines = read(newValue);
    this.onFollow();
    this.#host.requestUpdate();
  };

  put(lines: readonly CartLine[]): void {
    this.lines = lines;
    try {
      if (lines[0]) localStorage.setItem(this.#key, JSON.stringify(lines));
      else localStorage.removeItem(this.#key);
    } catch {}
    this.#host.requestUpdate();
  }

  /** False where it holds all that it can. */
  add(variant: string, quantity: number): boolean {
    const { lines } = this;
    const before = lines.find(line => line.variant === variant);
    if (!before && lines[most - 1]) return false;
    const line = { variant, quantity: Math.min(99, (before?.quantity ?? 0) + quantity) };
    this.put(before ? lines.map(one => (one === before ? line : one)) : [...lines, line]);
    return true;
  }
}
