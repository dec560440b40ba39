/** Widgets that the kit draws from the manifest alone: form, list, cards, detail, search, calendar. */
import type { FilterJson } from '../filter/filter.ts';
import type { AnyEntity, EntityDef, Where } from './entity.ts';
import type { Fields } from './field.ts';

export const genericKinds = ['form', 'list', 'cards', 'detail', 'search', 'calendar'] as const;
export type GenericKind = (typeof genericKinds)[number];

/** What a module may say in its own words; a field's name stands for its label, `field.value` for that of an enum's value. */
export const widgetTexts = ['title', 'intro', 'send', 'thanks', 'again', 'empty', 'more', 'back', 'search'] as const;
type TextKey<N extends string> = (typeof widgetTexts)[number] | N | `${N}.${string}`;

type Name<F extends Fields> = keyof F & string;
/** A field of the record, or when it was made. */
type Shown<F extends Fields> = Name<F> | 'createdAt';
type FieldsOf<T> = T extends EntityDef<infer F, any, any> ? F : never;

interface Worded<N extends string> {
  /** By BCP 47 language. */
  readonly texts?: Readonly<Record<string, { readonly [K in TextKey<N>]?: string }>>;
}

/** Controls that no kind of field has by itself: stars for a whole number, a drawn or typed signature for a text (SVG). */
export const formParts = ['rating', 'signature'] as const;
export type FormPart = (typeof formParts)[number];

/** `currency` (ISO 4217) is that of the form's amounts. */
interface FormLooks<N extends string> {
  readonly parts?: { readonly [K in N]?: FormPart };
  readonly layout?: 'stack' | 'columns';
  readonly currency?: string;
}

/** Makes a record; visitors (`public`) must be allowed to create it with these fields. */
interface EntityForm<E extends string, F extends Fields> extends FormLooks<Name<F>>, Worded<Name<F>> {
  readonly kind: 'form';
  readonly entity: E;
  readonly fields: readonly Name<F>[];
}

/** Calls an action of the module; its output's `id`, where it has one, is told to the page. */
interface ActionForm<A extends string, F extends Fields> extends FormLooks<Name<F>>, Worded<Name<F>> {
  readonly kind: 'form';
  readonly action: A;
  readonly fields: readonly Name<F>[];
}

/**
 * Shows what visitors (`public`) may read. The first field is the record's title; `filter` bounds what is shown and may name fields
 * that visitors do not see; `detail` are the fields that show once a record is chosen.
 */
interface Records<E extends string, F extends Fields> extends Worded<Shown<F>> {
  readonly entity: E;
  readonly fields: readonly [Shown<F>, ...Shown<F>[]];
  readonly filter?: Where<F>;
  readonly detail?: readonly Shown<F>[];
}

interface Listed<E extends string, F extends Fields> extends Records<E, F> {
  readonly sort?: Shown<F> | `-${Shown<F>}`;
  /** Records to a page, at most 100; 10 unless told. */
  readonly pageSize?: number;
}

interface List<E extends string, F extends Fields> extends Listed<E, F> {
  readonly kind: 'list';
  readonly layout?: 'rows' | 'quotes';
}

interface Cards<E extends string, F extends Fields> extends Listed<E, F> {
  readonly kind: 'cards';
  readonly layout?: 'grid' | 'wide';
  /** A field of kind `file`; its first variant is shown. The file must be public. */
  readonly image?: Name<F>;
}

interface Search<E extends string, F extends Fields> extends Listed<E, F> {
  readonly kind: 'search';
}

/** Shows the one record that the tag's attribute `record` names. */
interface Detail<E extends string, F extends Fields> extends Omit<Records<E, F>, 'detail'> {
  readonly kind: 'detail';
  readonly image?: Name<F>;
}

/** `start` and `end` are dates, or instants, which are shown in the business's zone. */
interface Calendar<E extends string, F extends Fields> extends Records<E, F> {
  readonly kind: 'calendar';
  readonly start: Name<F>;
  readonly end?: Name<F>;
}

type OfEntity<E extends string, F extends Fields> =
  | EntityForm<E, F>
  | List<E, F>
  | Cards<E, F>
  | Search<E, F>
  | Detail<E, F>
  | Calendar<E, F>;

/** A widget without an element of its own, over the entities and actions of one module. */
export type GenericWidget<
  E extends Readonly<Record<string, AnyEntity>>,
  A extends Readonly<Record<string, { readonly input: Fields }>>,
> =
  | { [K in keyof E & string]: OfEntity<K, FieldsOf<E[K]>> }[keyof E & string]
  | { [K in keyof A & string]: ActionForm<K, A[K]['input']> }[keyof A & string];

/** The JSON form, of all kinds at once. */
export interface GenericJson {
  readonly kind: GenericKind;
  readonly entity?: string;
  readonly action?: string;
  readonly fields: readonly string[];
  readonly layout?: 'stack' | 'columns' | 'rows' | 'quotes' | 'grid' | 'wide';
  readonly currency?: string;
  readonly parts?: Readonly<Record<string, FormPart>>;
  readonly filter?: FilterJson;
  readonly sort?: string;
  readonly pageSize?: number;
  readonly detail?: readonly string[];
  readonly image?: string;
  readonly start?: string;
  readonly end?: string;
  readonly texts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
