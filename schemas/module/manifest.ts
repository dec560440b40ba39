/** The JSON form of a module: what is stored, signed, compared and loaded. The engine and generic screens read this alone. */
import type { FilterJson } from '../filter/filter.ts';
import { Field, type FieldJson } from './field.ts';
import type { GenericJson } from './generic-widget.ts';
import { danglingNames } from './manifest-names.ts';
import { manifestSchema } from './manifest-schema.ts';
import type { MigrationDef } from './migration.ts';
import type { ActionDef, AnyModule, ElementWidget, ErrorDef, ModuleType, ScreenDef, Surface } from './module.ts';
import { withStableIds } from './stable-ids.ts';

export type FieldsJson = Readonly<Record<string, FieldJson>>;

export type GrantJson =
  | true
  | {
      readonly where?: FilterJson;
      readonly fields?: readonly string[];
      readonly presets?: Readonly<Record<string, unknown>>;
      readonly check?: FilterJson;
    };

export type Verb = 'read' | 'create' | 'update' | 'delete';
export type RoleAccessJson = { readonly [V in Verb]?: GrantJson };

interface SpanJson {
  readonly start: string;
  readonly end: string;
  readonly scope: readonly string[];
}

export interface ConstraintJson {
  readonly name: string;
  readonly code?: string;
  readonly where?: FilterJson;
  readonly unique?: readonly string[];
  readonly retry?: boolean;
  readonly noOverlap?: SpanJson;
  readonly capacity?: SpanJson & { readonly quantity: string; readonly limit: string };
  readonly check?: ComparisonJson | FilterJson;
}

export interface ComparisonJson {
  readonly left: string;
  readonly op: 'lt' | 'lte';
  readonly right: string;
}

/** Of two fields; a filter never has a text in the place of a field's operators. */
export const isComparison = (check: ConstraintJson['check']): check is ComparisonJson =>
  typeof (check as ComparisonJson | undefined)?.left === 'string';

export interface EffectJson {
  readonly emit: string;
  readonly with?: Readonly<Record<string, string>>;
}

export interface LockJson {
  readonly when: string | FilterJson;
  readonly except?: readonly string[];
}

export interface RetentionJson {
  readonly after: number;
  readonly from: string;
  readonly action: 'delete' | 'anonymise';
  readonly where?: FilterJson;
  readonly keeps?: string;
}

export interface ExtensionJson {
  readonly fields: FieldsJson;
  readonly access: Readonly<Record<string, { readonly read?: boolean; readonly write?: boolean }>>;
}

export interface TransitionJson {
  readonly label?: string;
  readonly from: readonly string[];
  readonly where?: Readonly<Record<string, readonly (string | boolean)[]>>;
  readonly to: string;
  readonly roles: readonly string[];
  readonly danger?: boolean;
  readonly guard?: string;
  readonly reason?: string;
  readonly askReason?: 'optional' | 'required';
  readonly effects?: readonly EffectJson[];
  readonly after?: { readonly field?: string; readonly seconds?: number };
}

export interface StatesJson {
  readonly field: string;
  readonly initial: string;
  readonly transitions: Readonly<Record<string, TransitionJson>>;
}

export interface EntityJson {
  readonly label: string;
  readonly plural?: string;
  readonly labelField?: string;
  readonly scope?: 'client';
  readonly fields: FieldsJson;
  readonly constraints?: readonly ConstraintJson[];
  readonly states?: StatesJson;
  readonly softDelete?: boolean;
  readonly access: Readonly<Record<string, RoleAccessJson>>;
  readonly display?: { readonly columns?: readonly string[]; readonly sort?: string; readonly internal?: boolean };
  readonly lockWhen?: LockJson;
  readonly retention?: RetentionJson;
  readonly id?: string;
  /** Physical table, from the first name that was recorded for the id. */
  readonly table?: string;
}

export interface ActionJson extends Omit<ActionDef, 'input' | 'output'> {
  readonly input: FieldsJson;
  readonly output?: FieldsJson;
}

export type JobJson =
  | { readonly everySeconds: number }
  | { readonly cron: string; readonly per?: 'site' }
  | { readonly payload: FieldsJson };

interface WidgetPlaceJson {
  readonly tag: string;
  readonly label: string;
  readonly surfaces: readonly Surface[];
  readonly height: number;
  readonly heights?: Readonly<Record<string, number>> | undefined;
  readonly mode?: ElementWidget['mode'];
  readonly funnel?: ElementWidget['funnel'];
  readonly events?: readonly string[];
}

export interface ElementWidgetJson extends WidgetPlaceJson {
  readonly kind?: undefined;
  readonly props?: FieldsJson;
  readonly actions: readonly string[];
  readonly prefetch?: string;
}

export type GenericWidgetJson = WidgetPlaceJson & GenericJson;
export type WidgetJson = ElementWidgetJson | GenericWidgetJson;

/** The actions that a visitor may call because of the widget. */
export const actionsOf = (widget: WidgetJson): readonly string[] =>
  widget.kind === undefined ? widget.actions : widget.action === undefined ? [] : [widget.action];

/** What the element tells the page, beside what every widget does. */
export const elementEvents = ({ kind, funnel, events = [] }: WidgetJson): readonly string[] => {
  const drawn = kind === undefined ? [] : [kind === 'form' ? 'inlay:submitted' : 'inlay:selected'];
  return [...new Set([...drawn, ...(funnel?.steps ?? []), ...(funnel?.completes ?? []), ...events])];
};

export interface ManifestJson {
  readonly id: string;
  readonly version: string;
  readonly type: ModuleType;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly categories: readonly string[];
  readonly requires?: Readonly<Record<string, { readonly range: string; readonly actions?: readonly string[] }>>;
  readonly roles?: Readonly<Record<string, { readonly label: string }>>;
  readonly egress?: readonly string[];
  readonly settings: FieldsJson;
  readonly errors?: Readonly<Record<string, ErrorDef>>;
  readonly entities: Readonly<Record<string, EntityJson>>;
  readonly extends?: Readonly<Record<string, ExtensionJson>>;
  readonly events: Readonly<Record<string, FieldsJson>>;
  readonly actions: Readonly<Record<string, ActionJson>>;
  readonly subscribes?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, JobJson>>;
  readonly widgets?: Readonly<Record<string, WidgetJson>>;
  readonly screens?: Readonly<Record<string, ScreenDef>>;
  readonly migrations?: readonly MigrationDef[];
}

/** The JSON form of a declared module. */
export function toManifest({ ids = {}, ...module }: AnyModule): ManifestJson {
  const json = JSON.stringify(module, (_key, value) => (value instanceof Field ? value.json : value));
  return withStableIds(JSON.parse(json) as ManifestJson, ids);
}

/** `inlay.booking` -> `booking`. */
export const moduleName = (manifest: { readonly id: string }): string =>
  manifest.id.slice(manifest.id.indexOf('.') + 1);
/** `inlay.booking` -> `inlay`. */
export const publisherOf = (manifest: { readonly id: string }): string =>
  manifest.id.slice(0, manifest.id.indexOf('.'));
export const majorVersion = (manifest: { readonly version: string }): number => Number.parseInt(manifest.version, 10);

/** Reads a manifest from JSON and refuses one that names what it does not declare. Throws `ManifestError`. */
export function parseManifest(json: unknown): ManifestJson {
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw new ManifestError(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`));
  }
  const manifest = parsed.data as ManifestJson;
  const problems = danglingNames(manifest);
  if (problems.length > 0) throw new ManifestError(problems);
  return manifest;
}

export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The manifest is not valid:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}
