/** Whether an element is in view; one observer serves all, and stops when nobody asks. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Told = (visible: boolean) => void;

const told = new Map<Element, Told>();
let observer: IntersectionObserver | undefined;

const watch = (element: Element, tell: Told) => {
  observer ??= new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting);
  });
  told.set(element, tell);
  observer.observe(element);
};

const forget = (element: Element) => {
  told.delete(element);
  observer?.unobserve(element);
  if (told.size) return;
  observer?.disconnect();
  observer = undefined;
};

export class VisibilityController implements ReactiveController {
  visible = false;
  /** Whether it has been in view since it was made. */
  seen = false;
  readonly #host: ReactiveControllerHost & Element;
  readonly #changed: Told;

  constructor(host: ReactiveControllerHost & Element, changed: Told = () => {}) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    watch(this.#host, visible => {
      if (visible === this.visible) return;
      this.visible = visible;
      this.seen ||= visible;
      this.#changed(visible);
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    forget(this.#host);
    this.visible = false;
  }
}
