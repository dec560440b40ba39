/** What a page, a framework and the loader can set on every widget. */
import { LitElement, type PropertyDeclarations } from 'lit';
import type { Client, EmbedContext, Opening } from '../../embed-sdk/types.ts';

export abstract class WidgetProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    context: { attribute: false },
    client: { attribute: false },
    fallback: { attribute: false },
    opening: { state: true },
    locale: {},
    theme: {},
    mode: {},
    label: {},
    open: { type: Boolean },
    prefill: {},
  };

  /** Given by the loader. */
  declare context?: EmbedContext;
  /** Given by a framework or a test in the loader's place. */
  declare client?: Client;
  /** True while the light DOM says that loading failed. */
  declare fallback?: boolean;
  declare opening?: Opening;
  declare locale?: string;
  /** Nothing for what the page has. */
  declare theme?: 'light' | 'dark';
  /** `popup` or `float`: a trigger that opens the widget in a dialog; `frame`: the widget is in a frame. Inline without. */
  declare mode?: 'inline' | 'popup' | 'float' | 'frame';
  declare open?: boolean;
  /** As a float it leaves the page in use, where there is room for both. */
  readonly beside?: boolean;
  /** Words of the trigger where the tag has no content of its own, and the name of the dialog. */
  declare label?: string;
  /** JSON of values by field name; they win over those of `Inlay('prefill', ...)`. */
  declare prefill?: string;

  /** What the trigger of a popup or a float shows; its words without. */
  trigger?(words: string): unknown;

  /** The loader reads these as attributes; a framework may have set them as properties. */
  protected reflect(): void {
    for (const name of ['mode', 'locale'] as const) if (this[name]) this.setAttribute(name, this[name]);
  }
}
