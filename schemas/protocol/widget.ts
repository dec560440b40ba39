/**
 * What the kit's own elements get and send: everything they show is in the visitor's language already, so that they need no formats.
 *
 * GET  /embed/{siteKey}/session                    `modules[module].views[tag]`: WidgetView
 * POST /api/m/{module}/v{major}/widgets/{widget}/page    PageRequest -> {data: RecordsPage}
 * POST /api/m/{module}/v{major}/widgets/{widget}/submit  FormSubmission -> {data: Submitted}; problem pointers are `/field`
 */

import type { FieldJson, FormPart, GenericKind } from '../module/index.ts';

/** Words of one widget by the manifest's names for them. */
export type WidgetWords = Readonly<Record<string, string>>;

/**
 * A native control: its element, the attributes it is made with, and a select's choices. With `field` the kit has a better one, which
 * comes while the form is seen; the native one is for who cannot load it.
 */
export interface FormControl {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly as: 'input' | 'textarea' | 'select';
  readonly attrs: Readonly<Record<string, string>>;
  readonly options?: readonly (readonly [value: string, label: string])[];
  readonly value?: string;
  readonly field?: FieldJson;
  /** In place of the control that is usual for its kind. */
  readonly part?: FormPart;
}

/** A run of text: plain, or with how it is set apart; an `href` is https, http, mailto or tel. */
export type Inline =
  | string
  | { readonly text: string; readonly as: 'b' | 'i' }
  | { readonly text: string; readonly href: string };

export interface RichBlock {
  readonly list?: boolean;
  readonly lines: readonly (readonly Inline[])[];
}

/** One field of a record as it is read: `time` is the machine's form of a date (HTML `datetime`). */
export interface ShownPart {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly time?: string;
  readonly href?: string;
  readonly rich?: readonly RichBlock[];
}

export interface ShownRecord {
  readonly id: string;
  readonly title: string;
  readonly image?: string;
  readonly parts: readonly ShownPart[];
  /** In a calendar: first and last day, `YYYY-MM-DD`, and when it starts where that is a time. */
  readonly days?: readonly [first: string, last: string];
  readonly at?: string;
}

export interface RecordsPage {
  readonly records: readonly ShownRecord[];
  /** Cursor of the next page; null where there is none. */
  readonly after: string | null;
  /** How many were found, of a search. */
  readonly total?: number;
}

/** `id` asks for one record with its detail; `month` (`YYYY-MM`) for what happens in it. */
export interface PageRequest {
  readonly locale?: string;
  readonly after?: string;
  readonly q?: string;
  readonly id?: string;
  readonly month?: string;
}

export interface FormView {
  readonly kind: 'form';
  readonly widget: string;
  /** The action that it calls, which may ask for a proof. */
  readonly action?: string;
  /** The action always asks for one, so that nobody waits to be refused first. */
  readonly proof?: true;
  readonly layout?: string;
  readonly words: WidgetWords;
  /** ISO 4217 of its amounts. */
  readonly currency?: string;
  readonly controls: readonly FormControl[];
}

export interface RecordsView {
  readonly kind: Exclude<GenericKind, 'form'>;
  readonly widget: string;
  readonly layout?: string;
  readonly words: WidgetWords;
  /** Whether there is more to a record than its list shows. */
  readonly opens: boolean;
  /** The first page, or a calendar's month; null where nothing is asked for yet. */
  readonly page: RecordsPage | null;
  /** Today in the business's zone, of a calendar. */
  readonly today?: string;
}

export type WidgetView = FormView | RecordsView;

/** A native control holds a text or a tick, the kit's own ones what the API takes. `took` is how long the form was open, in milliseconds; `trap` a field that people do not see. */
export interface FormSubmission {
  readonly values: Readonly<Record<string, unknown>>;
  readonly took: number;
  readonly trap?: string;
  readonly locale?: string;
}

/** The id of what was made, where the visitor may know it. */
export interface Submitted {
  readonly id: string | null;
}
