/** Types of the wrappers: which attributes and events a tag has. */
import type { InlayTags } from './tags.ts';

/** A tag of the house, or one of a module that somebody else has published. */
export type InlayTagName = keyof InlayTags | `inlay-${string}`;

/** Attributes of a tag; of an unknown one, any. */
export type Attributes<T extends InlayTagName> = T extends keyof InlayTags
  ? InlayTags[T]['attributes']
  : { readonly [name: string]: unknown };

/** Events of a tag by name; of an unknown one, any of ours. */
export type Events<T extends InlayTagName> = T extends keyof InlayTags
  ? InlayTags[T]['events']
  : { readonly [name: `inlay:${string}`]: CustomEvent };

/** Listeners by the name of the event, such as `{'inlay:booking-confirmed': event => event.detail.id}`. */
export type Listeners<T extends InlayTagName> = { readonly [E in keyof Events<T>]?: (event: Events<T>[E]) => void };

/** What every wrapper takes beside the tag's own attributes. */
export interface WidgetOptions<T extends InlayTagName> {
  /** Pixels kept free until the widget shows, so that nothing below it moves. */
  readonly height?: number | undefined;
  readonly on?: Listeners<T> | undefined;
  readonly onReady?: (() => void) | undefined;
  readonly onError?: ((error: { readonly code: string; readonly message: string }) => void) | undefined;
}
