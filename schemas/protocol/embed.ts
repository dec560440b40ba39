/**
 * What passes between the edge and a widget on a customer's page.
 *
 * GET /embed/{siteKey}.js                    the loader with `EmbedManifest` baked in (public, short max-age + stale-while-revalidate)
 * GET /embed/{siteKey}/session?m=booking&locale=cs
 *     A simple cross-origin GET (no preflight): `Origin` must be one of the site's. -> EmbedSession (no-store) | problem+json
 * Afterwards the widget calls `/api/m/{module}/v{major}/actions/{name}` with `Authorization: Bearer {token}`.
 */
import type { SiteTheme } from './control.ts';
import type { WidgetView } from './widget.ts';

export interface EmbedManifest {
  readonly key: string;
  /** Origin of the API, no trailing slash. */
  readonly api: string;
  readonly locale: string;
  readonly theme: SiteTheme;
  /** What a visitor reads where a widget cannot be shown, in the site's language: a sentence, and the words of a button. */
  readonly words: readonly [sentence: string, again: string];
  /** Subresource integrity by path, of every file named here. */
  readonly integrity: Readonly<Record<string, string>>;
  /** Paths of what shows a tag in a sandboxed frame: `mode="frame"`, and modules that nobody has reviewed. */
  readonly files: readonly string[];
  /** Paths of what counts visits, where the site wants it. */
  readonly beacon?: readonly string[];
  /** What a request that failed without a reason is told as: `OFFLINE` where the browser is; `UNREACHABLE`, or `ORIGIN_NOT_ALLOWED` on a page that is not listed, where it is online; and `TIMEOUT`, where nothing came in time. */
  readonly failure: readonly [offline: EmbedFailure, online: EmbedFailure, late: EmbedFailure];
  /** What a tag that is not among the widgets is told: `NOT_ENABLED`, or `UNKNOWN_SITE`. */
  readonly missing: EmbedFailure;
  /** By tag name, such as `inlay-booking`. */
  readonly widgets: Readonly<Record<string, EmbedWidget>>;
}

export interface EmbedFailure {
  readonly code: string;
  readonly detail: string;
}

export interface EmbedWidget {
  /** Module name and major version: `booking`, 1. */
  readonly m: string;
  readonly v: number;
  /** Paths of the hashed, immutable chunk, of the chunks that it imports, and of what follows the first view: fetched side by side, in this order. */
  readonly files: readonly string[];
  /** Events that a page hears from the widget in a frame, beside those of every widget. */
  readonly events: readonly string[];
  /** Pixels the widget takes before it has content. */
  readonly height: number;
}

export interface EmbedSession {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** The locale that was chosen, and for each module its strings and the output of its prefetch action; `strings` has the amounts and lengths of that output too. */
  readonly locale: string;
  readonly modules: Readonly<Record<string, EmbedModuleData>>;
}

export interface EmbedModuleData {
  readonly strings: Readonly<Record<string, string>>;
  readonly data: unknown;
  /** By tag, of the widgets that the kit draws from the manifest. */
  readonly views?: Readonly<Record<string, WidgetView>>;
}
