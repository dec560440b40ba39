/** What a widget, its client and the page agree on: the context, results and typed events. */
import type { SiteTheme } from '../schemas/protocol/control.ts';
import type { EmbedModuleData, EmbedSession } from '../schemas/protocol/embed.ts';
import type { Consent, PageState, Result } from './page-types.ts';

export type { ClientError, Consent, InlayFunction, Mounted, MountOptions, PageState, Result } from './page-types.ts';

/** What the loader gives to each tag, before or after its upgrade. */
export interface EmbedContext {
  readonly api: string;
  /** The site's, where the loader gave the context. */
  readonly key?: string;
  /** Module name and major version. */
  readonly m: string;
  readonly v: number;
  /** What the widget may tell the page out of a frame, beside what every widget does. */
  readonly events?: readonly string[];
  /** Pixels that the widget takes before it has content. */
  readonly height?: number;
  readonly theme: SiteTheme;
  /** What the page has said with `Inlay('prefill', ...)` and `Inlay('consent', ...)`; a change is told by `inlay:prefill` and `inlay:consent` on the document. */
  readonly page: PageState;
  /** The session shared by the page; given a `stale` one, another is fetched in its place. */
  open(stale?: Promise<EmbedSession>): Promise<EmbedSession>;
}

/** The words and the prefetch of one module, in the locale that the server chose. */
export interface Opening {
  readonly locale: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly data: unknown;
  /** By tag, of the widgets that the kit draws. */
  readonly views?: EmbedModuleData['views'];
}

export interface CallOptions {
  /** Sends an `Idempotency-Key`, kept for the same input until a reply has come. */
  readonly write?: boolean;
  /** For an action with `captcha`; see `widgets/kit/captcha.ts`. */
  readonly proof?: string | undefined;
  readonly signal?: AbortSignal;
}

/** A widget's way to its module. A test or a framework may hand a widget one of its own. */
export interface Client {
  open(): Promise<Result<Opening>>;
  /** `action` by its name; a path such as `widgets/ask/submit` is one of the module's own. */
  call<T>(action: string, input: unknown, options?: CallOptions): Promise<Result<T>>;
}

/** A tag of ours on the page, upgraded or not. */
export interface InlayTag extends HTMLElement {
  context?: EmbedContext;
  /** True while the loader's own text shows in the tag. */
  fallback?: boolean;
}

/** Events that every widget sends, composed and bubbling. */
export interface InlayEvents {
  'inlay:ready': CustomEvent<undefined>;
  'inlay:error': CustomEvent<{ code: string; message: string }>;
  'inlay:open': CustomEvent<undefined>;
  'inlay:close': CustomEvent<undefined>;
  /** Of the kit's own forms and lists: what was made, where the visitor may know it; what was chosen. */
  'inlay:submitted': CustomEvent<{ id: string | null }>;
  'inlay:selected': CustomEvent<{ id: string }>;
  'inlay:consent': CustomEvent<Consent>;
  'inlay:prefill': CustomEvent<Readonly<Record<string, string>>>;
}

declare global {
  interface HTMLElementEventMap extends InlayEvents {}
}
