/** What a page says to Inlay and hears from it: the one global, its calls and their results. Also the types of the npm package. */

/** A failed call: a stable code, a sentence, and for `VALIDATION_FAILED` the fields (RFC 6901 pointers). */
export interface ClientError {
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
}

/** What a call hands back; nothing here throws into the host page. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ClientError };

/** What the visitor has agreed to; nothing is stored before `storage` is true. */
export interface Consent {
  readonly analytics?: boolean;
  readonly storage?: boolean;
}

/** What the page has said, for whoever comes later. */
export interface PageState {
  consent?: Consent;
  /** Values of fields by name, such as `{ name, email, phone }`. */
  prefill?: Readonly<Record<string, string>>;
  /** As in an address: `utm_source=letter&utm_campaign=spring`. It counts where the page's own address says nothing. */
  campaign?: string;
}

/** Of a call that gives nothing. */
export type Done = { readonly ok: true } | { readonly ok: false; readonly error: ClientError };

/** What `Inlay('mount', ...)` hands back. */
export type Mounted =
  | {
      readonly ok: true;
      readonly element: HTMLElement;
      /** Sets attributes; null removes one. */
      update(attributes: Readonly<Record<string, string | null>>): Done;
      unmount(): void;
    }
  | { readonly ok: false; readonly error: ClientError };

/** Where to mount, and the attributes of the tag. */
export interface MountOptions {
  readonly target: string | Element | ShadowRoot;
  readonly [attribute: string]: string | Element | ShadowRoot | null;
}

/** The one global: a function, and before the loader has come a queue of its calls. */
export interface InlayFunction {
  (verb: 'mount', tag: string, options: MountOptions): Mounted;
  (verb: 'consent', consent: Consent): Done;
  (verb: 'prefill', values: Readonly<Record<string, string>>): Done;
  (verb: 'campaign', query: string): Done;
  q?: Iterable<unknown>[];
  /** Set by the loader that runs the page: what has been said so far. */
  on?: PageState;
}

declare global {
  interface Window {
    Inlay?: InlayFunction;
  }
}
