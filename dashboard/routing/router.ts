/** History navigation: plain links work, unsaved changes are asked about first. */

export class Router {
  readonly #changed: (path: string) => void;
  readonly #mayLeave: () => Promise<boolean>;
  #unsaved: (() => boolean) | null = null;
  #position: number;
  #skip = false;

  /** `changed` is told of each new path; `mayLeave` asks the user when there are unsaved changes. */
  constructor(changed: (path: string) => void, mayLeave: () => Promise<boolean>) {
    this.#changed = changed;
    this.#mayLeave = mayLeave;
    this.#position = Number(history.state?.position ?? 0);
  }

  start(): void {
    addEventListener('popstate', this.#popped);
    addEventListener('beforeunload', this.#unloading);
    addEventListener('click', this.#clicked);
    history.replaceState({ position: this.#position }, '');
    this.#changed(location.pathname);
  }

  stop(): void {
    removeEventListener('popstate', this.#popped);
    removeEventListener('beforeunload', this.#unloading);
    removeEventListener('click', this.#clicked);
  }

  guard(unsaved: (() => boolean) | null): void {
    this.#unsaved = unsaved;
  }

  async navigate(path: string, replace = false): Promise<void> {
    if (!(await this.#free())) return;
    if (replace) history.replaceState({ position: this.#position }, '', path);
    else history.pushState({ position: ++this.#position }, '', path);
    this.#changed(location.pathname);
  }

  async #free(): Promise<boolean> {
    if (!this.#unsaved?.()) return true;
    if (!(await this.#mayLeave())) return false;
    this.#unsaved = null;
    return true;
  }

  readonly #popped = async () => {
    const to = Number(history.state?.position ?? 0);
    const from = this.#position;
    this.#position = to;
    if (this.#skip) {
      this.#skip = false;
      return;
    }
    if (!this.#unsaved?.()) return this.#changed(location.pathname);
    // The address has changed already: put it back while the question stands.
    this.#skip = true;
    history.go(from - to);
    if (!(await this.#free())) return;
    history.go(to - from);
  };

  readonly #unloading = (event: BeforeUnloadEvent) => {
    if (this.#unsaved?.()) event.preventDefault();
  };

  readonly #clicked = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.composedPath().find(node => node instanceof HTMLAnchorElement);
    if (!link?.href || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash || link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    void this.navigate(link.pathname + link.search);
  };
}
