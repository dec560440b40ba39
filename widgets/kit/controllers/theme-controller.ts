/** Whether an element stands on a light or a dark page, and whether the visitor's system forces its colours. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const queries = () => ['(prefers-color-scheme:dark)', '(forced-colors:active)'].map(query => matchMedia(query));

export class ThemeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #watch?: AbortController | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** By the `color-scheme` that the widget's frame or the page has set; where both are allowed, the system decides. */
  get dark(): boolean {
    const schemes = getComputedStyle(this.#host).colorScheme.split(' ');
    if (!schemes.includes('dark')) return false;
    return !schemes.includes('light') || queries()[0]!.matches;
  }

  get forced(): boolean {
    return queries()[1]!.matches;
  }

  hostConnected(): void {
    this.#watch?.abort();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    for (const query of queries()) query.addEventListener('change', () => this.#host.requestUpdate(), { signal });
  }

  hostDisconnected(): void {
    this.#watch?.abort();
  }
}
