/** What every widget is: an element that waits for its context, takes the page's looks and speaks in events. */
import { html, type PropertyValues } from 'lit';
import { createClient } from '../../embed-sdk/client.ts';
import type { Client, ClientError } from '../../embed-sdk/types.ts';
import { Chameleon } from './chameleon.ts';
import { ModeController } from './mode-controller.ts';
import { nameParts } from './name-parts.ts';
import { WidgetProperties } from './widget-properties.ts';
import { createWords, type Words } from './words.ts';

/**
 * @event {CustomEvent<undefined>} inlay:ready - Content shows for the first time.
 * @event {CustomEvent<{code: string, message: string}>} inlay:error - It could not be loaded.
 * @event {CustomEvent<undefined>} inlay:open - A popup or a float was opened.
 * @event {CustomEvent<undefined>} inlay:close - A popup or a float was closed.
 * @cssproperty --inlay-accent - Colour of the one thing to do next.
 * @cssproperty --inlay-radius - Corner radius of buttons and fields.
 * @cssproperty --inlay-font - Font family.
 * @cssproperty --inlay-z - Where `mode="float"` lies over the page; 9999 without.
 * @csspart frame - All of what is drawn.
 * @csspart title - The heading of a view.
 * @csspart item - A line of a list: a choice, a record, what was chosen.
 * @csspart button - Whatever is pressed.
 * @csspart field - What is typed or chosen in.
 * @csspart label - The words of a field.
 * @csspart error - What is wrong with a field.
 * @csspart notice - What went wrong, over the next step.
 * @csspart launcher - The button of `mode="popup"` and `mode="float"`, a `button` too.
 * @csspart dialog - What that button opens.
 */
export abstract class InlayElement extends WidgetProperties {
  /** The locale that the server chose. */
  language = 'en';
  t: Words = key => key;
  frame!: HTMLElement;
  readonly #chameleon = new Chameleon(this);
  #shown = false;
  #again?: Element | null;
  readonly #mode = new ModeController(this);

  /** Styles of the host page cannot pass `all: initial`, not even `* { ... !important }`. */
  protected override createRenderRoot(): HTMLElement {
    const root = super.createRenderRoot() as ShadowRoot;
    this.frame = document.createElement('div');
    this.frame.className = this.frame.part = 'frame';
    root.append(this.frame);
    return this.frame;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.reflect();
    setTimeout(() => {
      // A session that is there has answered within the first task: then no outline is drawn before the content.
      if (!this.opening) this.requestUpdate();
      // What the loader set before the upgrade is there again with the first update.
      if (!this.context && !this.client) this.emit('inlay:connect');
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.reflect();
    if (changed.has('context') && this.context) this.client = createClient(this.context);
    if (!this.hasUpdated || changed.has('theme') || changed.has('context')) this.#chameleon.sample();
    if (this.client && (changed.has('context') || changed.has('client') || changed.has('locale')))
      this.#open(this.client);
  }

  async #open(client: Client): Promise<void> {
    const result = await client.open();
    if (client !== this.client) return;
    if (result.ok) {
      this.language = this.frame.lang = result.value.locale;
      this.t = createWords(this.language, result.value.strings);
      this.fallback = false;
      this.opened(result.value.data);
      this.opening = result.value;
    } else if (!this.opening) {
      this.fallback = true;
      if (!this.context) this.emit('inlay:error', result.error);
    }
  }

  protected override render(): unknown {
    const waiting = () => (this.fallback ? html`<slot></slot>` : this.hasUpdated ? this.skeleton() : '');
    return this.#mode.wrap(this.opening ? this.content() : waiting());
  }

  protected override updated(changed: PropertyValues): void {
    nameParts(this.frame);
    // What tries again gives way once it was pressed.
    if (changed.get('fallback')) this.#again = this.querySelector(':focus');
    if (this.#mode.settle() && this.opening && !this.#shown) {
      this.#shown = true;
      if (this.#again && document.activeElement === document.body) this.frame.querySelector('h2')?.focus();
      // What comes later fades in; the first view does not, and it may change before it has been painted.
      setTimeout(() => this.frame.classList.add('moved'), 400);
      this.emit('inlay:ready');
      performance.mark(this.localName);
    }
  }

  /** An error in the visitor's words. */
  explain({ code, message }: ClientError): string {
    const text = this.t(`problem.${code}`);
    return text.startsWith('problem.') ? message || this.t('problem.OTHER') : text;
  }

  /** Sends a typed event through every shadow root to the host page. */
  emit(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** The prefetch has come; called before the first render with content. */
  protected opened(_data: unknown): void {}
  protected abstract content(): unknown;
  /** In the shape of what comes. */
  protected abstract skeleton(): unknown;
}
