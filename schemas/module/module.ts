/** A module's manifest: pure data, JSON-serialisable, the source of tables, validation, routes, forms and types. */
import type { ModuleErrorStatus } from '../errors/index.ts';
import type { WidgetMode } from '../protocol/widget-mode.ts';
import type { AnyEntity } from './entity.ts';
import type { Fields } from './field.ts';
import type { GenericWidget } from './generic-widget.ts';
import type { MigrationDef } from './migration.ts';
import type { StableIds } from './stable-ids.ts';

export type ModuleType = 'widget' | 'app' | 'integration' | 'system' | 'custom';
export type Surface = 'site' | 'page' | 'dashboard' | 'api';

export interface ActionDef {
  readonly label?: string;
  readonly description?: string;
  readonly input: Fields;
  readonly output?: Fields;
  /** Roles that may call it; `module` means another module, by `ctx.call`. */
  readonly access: readonly string[];
  /** `read` runs no write batch and may be repeated freely. */
  readonly effect: 'read' | 'write';
  /** Lets the handler ask for `ctx.asSystem()`. */
  readonly system?: boolean;
  /** Calls a minute for one visitor address. */
  readonly limit?: { readonly perMinute: number };
  /** Visitors send a proof along: always, or (`auto`) once their address has called it a few times lately. Of a write alone. */
  readonly captcha?: true | 'auto';
}

export interface ErrorDef {
  readonly status: ModuleErrorStatus;
  readonly title: string;
}

/** Name of an event that an element sends to the page. */
export type ElementEvent = `inlay:${string}`;

interface WidgetPlace {
  readonly tag: `inlay-${string}`;
  readonly label: string;
  readonly surfaces: readonly Surface[];
  /** Pixels reserved before there is content. */
  readonly height: number;
  /** Pixels where an attribute makes it higher, by the attribute's name. */
  readonly heights?: Readonly<Record<string, number>>;
  /** How it usually shows; where a page's owner says nothing else, snippets ask for this. */
  readonly mode?: WidgetMode;
  /** Events of the element that count as steps, in their order, and as conversions. */
  readonly funnel?: { readonly steps?: readonly ElementEvent[]; readonly completes: readonly ElementEvent[] };
  /** What else the element tells the page. Out of a frame nothing is heard that neither this nor the funnel names. */
  readonly events?: readonly ElementEvent[];
}

/** A widget with an element of the module's own, in `element/<tag>.ts`. */
export interface ElementWidget extends WidgetPlace {
  readonly kind?: undefined;
  readonly props?: Fields;
  /** Actions the widget calls; a visitor's token is good for these alone. */
  readonly actions: readonly string[];
  /** Read action without required input whose output comes with the session. */
  readonly prefetch?: string;
  /** Attribute -> list in the prefetch: where that has one entry, the widget is as with the attribute. */
  readonly chooses?: Readonly<Record<string, string>>;
}

/** With an element of its own, or drawn by the kit from what it says here. */
export type WidgetDef<
  E extends Readonly<Record<string, AnyEntity>> = any,
  A extends Readonly<Record<string, ActionDef>> = any,
> = ElementWidget | (WidgetPlace & GenericWidget<E, A>);

export interface ScreenDef {
  readonly label: string;
  /** Tag of the dashboard element. */
  readonly tag: `inlay-${string}`;
}

/**
 * `everySeconds`: again that long after it ran. `cron`: five fields, in the client's zone; a time that the clocks skip runs at the
 * end of the gap, one that comes twice runs once; `per: 'site'` runs it for each site that shows the module, in the site's zone and
 * with its settings. `payload`: runs when `ctx.schedule` asked for it. One runner at a time.
 */
export type JobDef =
  | { readonly everySeconds: number }
  | { readonly cron: string; readonly per?: 'site' }
  | { readonly payload: Fields };

/**
 * Fields that a module adds to another's entity; roles it names may read or write them where they may the record. They are optional,
 * since records are made without them.
 */
export interface ExtensionDef {
  readonly fields: Fields;
  readonly access: Readonly<Record<string, { readonly read?: boolean; readonly write?: boolean }>>;
}

export type Extensions = Readonly<Record<`${string}.${string}`, ExtensionDef>>;

export interface ModuleDef<
  E extends Readonly<Record<string, AnyEntity>>,
  A extends Readonly<Record<string, ActionDef>>,
  V extends Readonly<Record<string, Fields>>,
  S extends Fields,
  J extends Readonly<Record<string, JobDef>>,
  R extends Readonly<Record<string, ErrorDef>>,
  H extends Readonly<Record<string, string>>,
  X extends Extensions = Extensions,
> {
  /** `publisher.name`; the part after the dot is folder, route, tag part and table prefix. */
  readonly id: `${string}.${string}`;
  readonly version: `${number}.${number}.${number}`;
  /** Written by `npm run ids`; the JSON form has each id where it belongs. */
  readonly ids?: StableIds;
  readonly type: ModuleType;
  readonly label: string;
  readonly description: string;
  /** Name of an icon in the kit. */
  readonly icon: string;
  readonly categories: readonly string[];
  /** Modules it needs, by name, with the actions of theirs that it calls. */
  readonly requires?: Readonly<Record<string, { readonly range: string; readonly actions?: readonly string[] }>>;
  readonly roles?: Readonly<Record<string, { readonly label: string }>>;
  /** Hosts its code may call. */
  readonly egress?: readonly string[];
  readonly settings: S;
  readonly errors?: R;
  readonly entities: E;
  /** Entity of another module, `module.entity` -> fields of ours on it, known to the API as `ourModule_field`. */
  readonly extends?: X;
  readonly events: V;
  readonly actions: A;
  /** Handler name -> event it hears, `module.event`. */
  readonly subscribes?: H;
  readonly jobs?: J;
  readonly widgets?: Readonly<Record<string, WidgetDef<NoInfer<E>, NoInfer<A>>>>;
  readonly screens?: Readonly<Record<string, ScreenDef>>;
  /** What older versions' rows need. */
  readonly migrations?: readonly MigrationDef[];
}

type None = Record<never, never>;

export type AnyModule = ModuleDef<any, any, any, any, any, any, any, any>;

/** Declares a module; the call exists for inference alone. */
export function defineModule<
  const E extends Readonly<Record<string, AnyEntity>>,
  const A extends Readonly<Record<string, ActionDef>>,
  const V extends Readonly<Record<string, Fields>>,
  const S extends Fields,
  const J extends Readonly<Record<string, JobDef>> = None,
  const R extends Readonly<Record<string, ErrorDef>> = None,
  const H extends Readonly<Record<string, string>> = None,
  const X extends Extensions = None,
>(definition: ModuleDef<E, A, V, S, J, R, H, X>): ModuleDef<E, A, V, S, J, R, H, X> {
  return definition;
}
