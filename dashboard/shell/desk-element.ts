/** Base of the desk's elements: the contexts, and the elements that one uses. */
import { type Context, ContextConsumer } from '@lit/context';
import { type CSSResultGroup, LitElement } from 'lit';
import type { Session } from '../../schemas/protocol/index.ts';
import { base } from '../../widgets/kit/desk/base.ts';
import type { Api } from '../api/api.ts';
import {
  apiContext,
  type ClientSpace,
  clientContext,
  type Desk,
  deskContext,
  sessionContext,
  type Toasts,
  toastsContext,
} from '../api/contexts.ts';
import { Resource, type Source } from '../api/resource.ts';

export class DeskElement extends LitElement {
  /** Elements that the template uses, by tag; defined together with this one. */
  static uses: Readonly<Record<string, CustomElementConstructor>> = {};
  static override styles: CSSResultGroup = [base];

  #opened = false;
  readonly #api = this.#consume(apiContext);
  readonly #session = this.#consume(sessionContext);
  readonly #client = this.#consume(clientContext);
  readonly #toasts = this.#consume(toastsContext);
  readonly #desk = this.#consume(deskContext);

  #consume<T>(context: Context<unknown, T>) {
    return new ContextConsumer<Context<unknown, T>, this>(this, { context, subscribe: true });
  }

  protected get api(): Api {
    return this.#api.value!;
  }
  protected get session(): Session | null {
    return this.#session.value ?? null;
  }
  protected get space(): ClientSpace | null {
    return this.#client.value ?? null;
  }
  protected get toasts(): Toasts {
    return this.#toasts.value!;
  }
  protected get desk(): Desk {
    return this.#desk.value!;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#opened) return;
    this.#opened = true;
    void this.updateComplete.then(() => this.opened());
  }

  /** Called once, when the first render is there. */
  protected opened(): void {}

  /** A value of the API that this element shows. */
  protected resource<T>(source: () => Source<T> | null): Resource<T> {
    return new Resource<T>(this, () => this.api.cache, source);
  }

  /** Moves focus to the heading, after a change of route. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }
}
