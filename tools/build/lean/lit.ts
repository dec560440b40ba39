// biome-ignore-all lint/complexity/noThisInStatic: every subclass has its own.
/**
 * Takes the place of `lit` in the browser's build: the element and the templates (`html.ts`) are what our widgets use of
 * Lit, with the same behaviour, and none of what they do not (reflection, decorators, controllers that leave, converters, directives, polyfills).
 * It saves 2.6 KB on every page. Sources and unit tests see Lit itself; the end-to-end tests see this.
 */

import type { ReactiveController } from 'lit';
import { type CSSResult, css } from './css-tag.ts';
import { html, nothing, type RenderOptions, render } from './html.ts';

export { css, html, nothing, render };

interface Options {
  attribute?: boolean | string;
  state?: boolean;
  type?: unknown;
}

const own = (at: object, name: string) => Object.hasOwn(at, name);

export class LitElement extends HTMLElement {
  static properties: Record<string, Options> = {};
  static styles: unknown = [];
  static finalized = true;
  /** Property by attribute. */
  static names = new Map<string, string>();
  static elementProperties = new Map<string, Options>();

  static get observedAttributes(): string[] {
    this.finalize();
    return [...this.names.keys()];
  }

  static finalize(): void {
    if (own(this, 'finalized')) return;
    this.finalized = true;
    const parent = Object.getPrototypeOf(this) as typeof LitElement;
    parent.finalize();
    this.names = new Map(parent.names);
    this.elementProperties = new Map(parent.elementProperties);
    for (const [name, options] of own(this, 'properties') ? Object.entries(this.properties) : []) {
      const key = Symbol();
      Object.defineProperty(this.prototype, name, {
        get() {
          return this[key];
        },
        set(value) {
          const old = this[key];
          this[key] = value;
          this.requestUpdate(name, old);
        },
        configurable: true,
      });
      this.elementProperties.set(name, options);
      if (options.attribute !== false && !options.state)
        this.names.set(`${options.attribute === true || options.attribute || name}`.toLowerCase(), name);
    }
  }

  renderRoot?: HTMLElement | ShadowRoot;
  readonly renderOptions: RenderOptions = { host: this };
  hasUpdated = false;
  isUpdatePending = false;
  updateComplete: Promise<unknown>;
  #changed = new Map<string, unknown>();
  #controllers = new Set<ReactiveController>();
  #early: [string, unknown][] = [];
  #connect!: (value?: unknown) => void;

  constructor() {
    super();
    const self = this as unknown as Record<string, unknown>;
    this.updateComplete = new Promise(resolve => {
      this.#connect = resolve;
    });
    // Set before the upgrade: such values hide the accessors.
    for (const name of (this.constructor as typeof LitElement).elementProperties.keys()) {
      if (!own(this, name)) continue;
      this.#early.push([name, self[name]]);
      delete self[name];
    }
    this.requestUpdate();
  }

  addController(controller: ReactiveController): void {
    this.#controllers.add(controller);
    if (this.renderRoot && this.isConnected) controller.hostConnected?.();
  }

  createRenderRoot(): HTMLElement | ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const styles = [(this.constructor as typeof LitElement).styles].flat(9) as CSSResult[];
    root.adoptedStyleSheets = styles.map(style => style.styleSheet);
    return root;
  }

  connectedCallback(): void {
    this.renderRoot ??= this.createRenderRoot();
    this.#connect();
    for (const controller of this.#controllers) controller.hostConnected?.();
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  attributeChangedCallback(attribute: string, _old: string | null, value: string | null): void {
    const { names, elementProperties } = this.constructor as typeof LitElement;
    const name = names.get(attribute)!;
    const { type } = elementProperties.get(name)!;
    const self = this as unknown as Record<string, unknown>;
    self[name] = type === Boolean ? value !== null : type === Number && value !== null ? +value : value;
  }

  requestUpdate(name?: string, old?: unknown): void {
    if (name) {
      if (Object.is((this as unknown as Record<string, unknown>)[name], old)) return;
      if (!this.#changed.has(name)) this.#changed.set(name, old);
    }
    if (!this.isUpdatePending) this.updateComplete = this.#enqueue();
  }

  async #enqueue(): Promise<boolean> {
    this.isUpdatePending = true;
    try {
      await this.updateComplete;
    } catch (error) {
      // The error of the last update is told, and does not stop this one.
      Promise.reject(error);
    }
    this.performUpdate();
    return !this.isUpdatePending;
  }

  performUpdate(): void {
    if (!this.isUpdatePending) return;
    for (const [name, value] of this.#early.splice(0)) (this as unknown as Record<string, unknown>)[name] = value;
    const changed = this.#changed;
    try {
      this.willUpdate(changed);
      for (const controller of this.#controllers) controller.hostUpdate?.();
      this.update(changed);
    } finally {
      this.#changed = new Map();
      this.isUpdatePending = false;
    }
    for (const controller of this.#controllers) controller.hostUpdated?.();
    this.hasUpdated = true;
    this.updated(changed);
  }

  willUpdate(_changed: unknown): void {}
  update(_changed: unknown): void {
    const view = this.render();
    this.#changed = new Map();
    this.isUpdatePending = false;
    render(view, this.renderRoot!, this.renderOptions);
  }
  render(): unknown {
    return undefined;
  }
  updated(_changed: unknown): void {}
}
