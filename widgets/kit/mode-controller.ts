/** How an element shows: in its place, or on demand with what `modes.ts` brings, which is fetched when a tag asks for it. */
import { html, type ReactiveController } from 'lit';
import type { InlayElement } from './base-element.ts';
import { part } from './part.ts';

export class ModeController implements ReactiveController {
  readonly #host: InlayElement;
  #modes?: typeof import('./modes.ts');

  constructor(host: InlayElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#modes || !/popup|float/.test(this.#host.mode!)) return;
    part(() => import('./modes.ts')).then(modes => {
      this.#modes = modes;
      this.#host.requestUpdate();
    });
  }

  /** The view as the mode has it. In a frame it is the frame that shows it. */
  wrap(view: unknown): unknown {
    const { mode } = this.#host;
    if (!mode || mode === 'inline') return view;
    return this.#modes?.onDemand(this.#host, view) ?? html`<slot></slot>`;
  }

  /** After a render: opens or closes what there is, and tells whether a visitor sees the view. */
  settle(): boolean {
    const { mode } = this.#host;
    return this.#modes ? this.#modes.sync(this.#host) : !mode || mode === 'inline';
  }
}
