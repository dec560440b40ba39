/** An entity: fields, constraints, states and who may do what. */
import type { Filter } from '../filter/filter.ts';
import type { Fields } from './field.ts';

type BaseValues = { id: string; createdAt: number; updatedAt: number; rev: number };
/** The values that a filter over these fields compares. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K]['value'] } & Readonly<BaseValues> & {
    /** Of an entity with `softDelete`. */
    readonly deletedAt?: number | null;
  };
export type Where<F extends Fields> = Filter<Values<F>>;
type Name<F extends Fields> = keyof F & string;

/** What a role may do: all, or only rows that match `where`, only these fields, with these values preset. */
export type Grant<F extends Fields> =
  | true
  | {
      readonly where?: Where<F>;
      readonly fields?: readonly Name<F>[];
      readonly presets?: { readonly [K in Name<F>]?: F[K]['value'] };
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
 * scope never passes `limit`, a field of the row. `check`: `left` is before `right`. A `where` may compare with `{var: 'now'}`,
 * the instant of the write.
 */
export type Constraint<F extends Fields> = ConstraintBase<F> &
  (
    | { readonly unique: readonly Name<F>[]; readonly retry?: boolean }
    | { readonly noOverlap: Span<F> }
    | { readonly capacity: Span<F> & { readonly quantity: Name<F>; readonly limit: Name<F> } }
    | { readonly check: { readonly left: Name<F>; readonly op: 'lt' | 'lte'; readonly right: Name<F> } }
  );

export interface Transition<S extends string> {
  readonly label?: string;
  readonly from: readonly S[];
  readonly to: S;
  readonly roles: readonly string[];
  /** Asks for confirmation in the dashboard. */
  readonly danger?: boolean;
}

export interface States<F extends Fields, S extends string, T extends string> {
  readonly field: Name<F>;
  readonly initial: S;
  readonly transitions: Readonly<Record<T, Transition<S>>>;
}

/** How generic screens show it: columns of the list, its order, the field that places it on a calendar. */
export interface EntityDisplay<F extends Fields> {
  readonly columns?: readonly Name<F>[];
  readonly sort?: Name<F> | `-${Name<F>}` | 'createdAt' | '-createdAt';
  /** Left out of navigation. */
  readonly internal?: boolean;
}

export interface EntityDef<F extends Fields, S extends string, T extends string> {
  readonly label: string;
  readonly plural?: string;
  readonly labelField?: Name<F>;
  /** `site` adds a site id, forced from the credential. */
  readonly scope?: 'client' | 'site';
  readonly fields: F;
  readonly constraints?: readonly Constraint<F>[];
  readonly states?: States<F, S, T>;
  /** Deleted records are marked (`deletedAt`), kept, and can be restored; a unique constraint may leave them out by its `where`. */
  readonly softDelete?: boolean;
  /** By role; the first role here that the actor has and that grants the verb decides. */
  readonly access: Readonly<Record<string, RoleAccess<F>>>;
  readonly display?: EntityDisplay<F>;
}

export type AnyEntity = EntityDef<any, any, any>;

/** Declares an entity; the call exists for inference alone. */
export function entity<const F extends Fields, const S extends string = never, const T extends string = never>(
  definition: EntityDef<F, S, T>,
): EntityDef<F, S, T> {
  return definition;
}
