/** What a widget, its client and the page agree on: the context, results and typed events. */
import type { SiteTheme } from '../schemas/protocol/control.ts';
import type { EmbedSession } from '../schemas/protocol/embed.ts';

/** A failed call: a stable code, a sentence, and for `VALIDATION_FAILED` the fields (RFC 6901 pointers). */
export interface ClientError {
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
}

/** What a call hands back; nothing here throws into the host page. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ClientError };

/** What the loader gives to each tag, before or after its upgrade. */
export interface EmbedContext {
  readonly api: string;
  /** Module name and major version. */
  readonly m: string;
  readonly v: number;
  readonly theme: SiteTheme;
  /** What the page has said with `Inlay('prefill', ...)` and `Inlay('consent', ...)`; a change is told by `inlay:prefill` and `inlay:consent` on the document. */
  readonly page: PageState;
  /** The session shared by the page; given a `stale` one, another is fetched in its place. */
  open(stale?: Promise<EmbedSession>): Promise<EmbedSession>;
}

/** What the visitor has agreed to; nothing is stored before `storage` is true. */
export interface Consent {
  readonly analytics?: boolean;
  readonly storage?: boolean;
}

/** Set by the host page. */
export interface PageState {
  consent?: Consent;
  /** Values of fields by name, such as `{ name, email, phone }`. */
  prefill?: Readonly<Record<string, string>>;
}

/** The words and the prefetch of one module, in the locale that the server chose. */
export interface Opening {
  readonly locale: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly data: unknown;
}

export interface CallOptions {
  /** Sends an `Idempotency-Key`, kept for the same input until a reply has come. */
  readonly write?: boolean;
  readonly signal?: AbortSignal;
}

/** A widget's way to its module. A test or a framework may hand a widget one of its own. */
export interface Client {
  open(): Promise<Result<Opening>>;
  call<T>(action: string, input: unknown, options?: CallOptions): Promise<Result<T>>;
}

/** A tag of ours on the page, upgraded or not. */
export interface InlayTag extends HTMLElement {
  context?: EmbedContext;
  /** True while the loader's own text shows in the tag. */
  fallback?: boolean;
}

/** What `Inlay(...)` hands back. */
export type Mounted =
  | {
      readonly ok: true;
      readonly element: HTMLElement;
      /** Sets attributes; null removes one. */
      update(attributes: Readonly<Record<string, string | null>>): void;
      unmount(): void;
    }
  | { readonly ok: false; readonly error: ClientError };

/** Where to mount, and the attributes of the tag. */
export interface MountOptions {
  readonly target: string | Element;
  readonly [attribute: string]: string | Element | null;
}

/** The one global: a function, and before the loader has come a queue of its calls. */
export interface InlayFunction {
  (verb: 'mount', tag: string, options: MountOptions): Mounted;
  (verb: 'consent', consent: Consent): { readonly ok: boolean };
  (verb: 'prefill', values: Readonly<Record<string, string>>): { readonly ok: boolean };
  q?: Iterable<unknown>[];
  /** Set by the loader that runs the page. */
  on?: 1;
}

/** Events that every widget sends, composed and bubbling. */
export interface InlayEvents {
  'inlay:ready': CustomEvent<undefined>;
  'inlay:error': CustomEvent<{ code: string; message: string }>;
  'inlay:open': CustomEvent<undefined>;
  'inlay:close': CustomEvent<undefined>;
  'inlay:consent': CustomEvent<Consent>;
  'inlay:prefill': CustomEvent<Readonly<Record<string, string>>>;
}

declare global {
  interface Window {
    Inlay?: InlayFunction;
  }
  interface HTMLElementEventMap extends InlayEvents {}
}
