/** An entity: fields, constraints, states and who may do what. */
import type { Filter, FilterVariable } from '../filter/filter.ts';
import type { Money } from '../money/money.ts';
import type { Fields } from './field.ts';

type BaseValues = { id: string; createdAt: number; updatedAt: number; rev: number };
/** The values that a filter over these fields compares. */
export type Values<F extends Fields> = {
  readonly [K in keyof F as F[K]['opaque'] extends true ? never : K]: F[K]['value'];
} & {
  readonly [K in keyof F & string as F[K]['value'] extends Money | null ? `${K}.amount` : never]: number;
} & Readonly<BaseValues> & {
    /** Of an entity with `softDelete`. */
    readonly deletedAt?: number | null;
  };
export type Where<F extends Fields> = Filter<Values<F>>;
type Name<F extends Fields> = keyof F & string;

/** What a role may do: all, or only rows that match `where`, only these fields, with these values preset, and only what `check` still matches once written. */
export type Grant<F extends Fields> =
  | true
  | {
      readonly where?: Where<F>;
      readonly fields?: readonly Name<F>[];
      readonly presets?: { readonly [K in Name<F>]?: F[K]['value'] | FilterVariable };
      readonly check?: Where<F>;
    };

export interface RoleAccess<F extends Fields> {
  readonly read?: Grant<F>;
  readonly create?: Grant<F>;
  readonly update?: Grant<F>;
  readonly delete?: Grant<F>;
}

/** `code` is what a caller gets when the constraint refuses a write: one of the module's `errors`, else CONFLICT or ALREADY_EXISTS. */
interface ConstraintBase<F extends Fields> {
  readonly name: string;
  readonly code?: string;
  readonly where?: Where<F>;
}

interface Span<F extends Fields> {
  readonly start: Name<F>;
  readonly end: Name<F>;
  readonly scope: readonly Name<F>[];
}

/**
 * `unique`: no two rows share these fields. `retry` runs the handler again on fresh reads where two writers met.
 * `noOverlap`: half-open spans of one scope never overlap. `capacity`: the peak of `quantity` over overlapping spans of one
 * scope never passes `limit`, a field of the row. `check`: `left` is before `right`, or a filter that
 * every row matches; what is absent passes. A `where` narrows each of them to the rows that it matches. Both may compare with
 * `{var: 'now'}`, the instant of the write.
 */
export type Constraint<F extends Fields> = ConstraintBase<F> &
  (
    | { readonly unique: readonly Name<F>[]; readonly retry?: boolean }
    | { readonly noOverlap: Span<F> }
    | { readonly capacity: Span<F> & { readonly quantity: Name<F>; readonly limit: Name<F> } }
    | { readonly check: { readonly left: Name<F>; readonly op: 'lt' | 'lte'; readonly right: Name<F> } | Where<F> }
  );

/** `with` names, for each field of the event, the record's field that it takes; without it, fields of the same name. */
export interface Effect<F extends Fields> {
  readonly emit: string;
  readonly with?: Readonly<Record<string, Name<F> | 'id' | 'rev'>>;
}

/** Values of other fields that a step may begin from, as `from` has them of the state; the commit holds them, and screens offer the step by them. */
export type TransitionWhere<F extends Fields> = {
  readonly [K in Name<F> as F[K]['value'] extends string | boolean | null ? K : never]?: readonly NonNullable<
    F[K]['value']
  >[];
};

export interface Transition<S extends string, F extends Fields = any> {
  readonly label?: string;
  readonly from: readonly S[];
  readonly where?: TransitionWhere<F>;
  readonly to: S;
  readonly roles: readonly string[];
  /** Asks for confirmation in the dashboard. */
  readonly danger?: boolean;
  /** CEL over `record`, `actor`, `settings` and `now` (epoch milliseconds); where it is not true, INVALID_TRANSITION with `reason`. */
  readonly guard?: string;
  /** Why a record cannot take it that `where` or `guard` refuses. */
  readonly reason?: string;
  /** Whoever takes it may, or must, say why in at most 500 characters; the event and the audit trail keep it. */
  readonly askReason?: 'optional' | 'required';
  /** Events that are emitted in the same commit. */
  readonly effects?: readonly Effect<F>[];
  /**
   * Taken by the system at the instant in `field`, `seconds` after it (or before it, if negative), or `seconds` after the record's
   * last change; every change of the record counts anew.
   */
  readonly after?: { readonly field: Name<F>; readonly seconds?: number } | { readonly seconds: number };
}

/**
 * The state is read-only at every door: it begins as `initial` and moves by transitions. A handler may write it itself only as the
 * system, where a transition would not do.
 */
export interface States<F extends Fields, S extends string, T extends string> {
  readonly field: Name<F>;
  readonly initial: S;
  readonly transitions: Readonly<Record<T, Transition<S, F>>>;
}

/** How generic screens show it: columns of the list, its order, the field that places it on a calendar. */
export interface EntityDisplay<F extends Fields> {
  readonly columns?: readonly Name<F>[];
  readonly sort?: Name<F> | `-${Name<F>}` | 'createdAt' | '-createdAt';
  /** Left out of navigation. */
  readonly internal?: boolean;
}

/** While `when` (a filter, or CEL over `record`) matches, only the fields in `except` may change, and the state by its transitions; others get LOCKED. */
export interface Lock<F extends Fields> {
  readonly when: string | Where<F>;
  readonly except?: readonly Name<F>[];
}

/**
 * `after` is in days, counted from the instant or date in `from`. Anonymising empties personal fields. `keeps` says which law has
 * these records kept until then: the erasure of a person leaves them as they are, and names them.
 */
export interface Retention<F extends Fields> {
  readonly after: number;
  readonly from: Name<F> | 'createdAt' | 'updatedAt';
  readonly action: 'delete' | 'anonymise';
  readonly where?: Where<F>;
  readonly keeps?: string;
}

export interface EntityDef<F extends Fields, S extends string, T extends string> {
  readonly label: string;
  readonly plural?: string;
  readonly labelField?: Name<F>;
  /** Records belong to the client; one that is a site's names it in a field, and `access` compares it with `actor.siteId`. */
  readonly scope?: 'client';
  readonly fields: F;
  readonly constraints?: readonly Constraint<F>[];
  readonly states?: States<F, S, T>;
  /** Deleted records are marked (`deletedAt`), kept, and can be restored; a unique constraint may leave them out by its `where`. */
  readonly softDelete?: boolean;
  /** By role; the first role here that the actor has and that grants the verb decides. */
  readonly access: Readonly<Record<string, RoleAccess<F>>>;
  readonly display?: EntityDisplay<F>;
  readonly lockWhen?: Lock<F>;
  readonly retention?: Retention<F>;
  /** Stable id; written by `npm run ids`. */
  readonly id?: `e_${string}`;
}

export type AnyEntity = EntityDef<any, any, any>;

/** Declares an entity; the call exists for inference alone. */
export function entity<const F extends Fields, const S extends string = never, const T extends string = never>(
  definition: EntityDef<F, S, T>,
): EntityDef<F, S, T> {
  return definition;
}
