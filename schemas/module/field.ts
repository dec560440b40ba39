/** Field kinds: the JSON node of each, and a typed builder whose TypeScript type every handler, filter and form follows. */
import type { Money } from '../money/money.ts';
import { type CampaignPart, longestPart } from '../protocol/campaign.ts';
import type { Translated } from './translated.ts';

export type TextFormat = 'email' | 'phone' | 'url' | 'slug' | 'colour';
export type OnDelete = 'restrict' | 'cascade' | 'setNull';

/**
 * The JSON form of a field's kind. At the API an instant is RFC 3339 UTC, in handlers and in SQLite epoch milliseconds;
 * a duration is whole minutes; a decimal is a string of at most `scale` decimals; a zone is an IANA name.
 */
export type FieldNode =
  | { readonly kind: 'text'; readonly min?: number; readonly max?: number; readonly format?: TextFormat }
  | { readonly kind: 'richText'; readonly max?: number }
  | { readonly kind: 'int'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'money' }
  /** With `accepted`, true is the only value: a consent. */
  | { readonly kind: 'bool'; readonly accepted?: true }
  | { readonly kind: 'date' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'localTime' }
  | { readonly kind: 'duration'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'zone' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'ref'; readonly to: string; readonly onDelete: OnDelete }
  | { readonly kind: 'list'; readonly of: FieldJson; readonly max?: number }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, FieldJson>> }
  | { readonly kind: 'json' }
  | { readonly kind: 'geo' }
  | { readonly kind: 'address' }
  | {
      readonly kind: 'file';
      readonly accept?: readonly string[];
      readonly maxBytes?: number;
      /** Smaller pictures of an image, by name; asked for as `module.entity.field.name`. */
      readonly variants?: Readonly<Record<string, ImageRecipe>>;
      /** In an action's input: a visitor who may call the action may upload for it. Bytes of one file, and of one visit's files. */
      readonly visitors?: {
        readonly accept: readonly string[];
        readonly maxBytes: number;
        readonly bytesPerVisit: number;
      };
    }
  | ({ readonly kind: 'sequence' } & SequenceOptions);

/** WGS 84 degrees. */
export interface Geo {
  readonly lat: number;
  readonly lng: number;
}

/** `country` is an ISO 3166-1 alpha-2 code. */
export interface Address {
  readonly line1: string;
  readonly line2?: string | null;
  readonly city: string;
  readonly region?: string | null;
  readonly postalCode?: string | null;
  readonly country: string;
}

/**
 * `pattern` holds one run of `#` in braces, the counter with its least digits, and any of {yyyy} {yy} {mm} {dd} of the client's
 * zone: `INV-{yyyy}-{####}`. Counted for the client, or for each value of the field `scope`, which {scope} shows; without it two
 * values have the same numbers. Gapless numbers are given by the transition
 * `on`, inside its commit; others at creation.
 */
export interface SequenceOptions {
  readonly pattern: string;
  readonly scope?: string;
  readonly reset?: 'yearly' | 'monthly' | 'never';
  readonly gapless?: boolean;
  readonly on?: string;
}

/**
 * Pixels, never more than the original has. `cover` fills the box and loses edges, `contain` keeps the whole image within it. A
 * `webp` is lossless; `jpeg` is the small one for photographs.
 */
export interface ImageRecipe {
  readonly width: number;
  readonly height: number;
  readonly fit: 'cover' | 'contain';
  readonly format: 'jpeg' | 'png' | 'webp';
}

export type FieldKind = FieldNode['kind'];

export interface FieldMeta {
  readonly required: boolean;
  readonly default?: unknown;
  readonly label?: string;
  readonly help?: string;
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly search?: boolean;
  /** Set by the module's own code or a transition, never by the API. */
  readonly readOnly?: boolean;
  /** Names or describes a person: redacted in audit rows, erased on request. */
  readonly pii?: boolean;
  /** Never leaves the server: hashes, internal keys. */
  readonly hidden?: boolean;
  /** May be set once and never changed. */
  readonly immutable?: boolean;
  /** At rest as AES-256-GCM under the client's key; cannot be filtered or sorted. */
  readonly encrypted?: boolean;
  /** A CEL expression over `record`, worked out at each write. */
  readonly computed?: string;
  /** What the engine fills in as the record is made, of the campaign that the request came by; see `campaignFields`. */
  readonly campaign?: CampaignPart;
  /** A text for each locale. */
  readonly translated?: boolean;
  /** Stable id; it stays when the name changes. */
  readonly id?: string;
  /** Physical column, from the first name that was recorded for the id. */
  readonly column?: string;
}

export type FieldJson = FieldNode & FieldMeta;

/** `T` value, `Req` required, `Def` has a default, `Ro` read-only, `Opaque` cannot be filtered. The type parameters exist for the compiler alone. */
export class Field<
  out T,
  out Req extends boolean = true,
  out Def extends boolean = false,
  out Ro extends boolean = false,
  out Opaque extends boolean = false,
> {
  declare readonly value: T;
  declare readonly required: Req;
  declare readonly defaulted: Def;
  declare readonly locked: Ro;
  declare readonly opaque: Opaque;
  readonly json: FieldJson;

  constructor(json: FieldJson) {
    this.json = json;
  }

  private with<R>(meta: Partial<FieldMeta>): R {
    return new Field({ ...this.json, ...meta } as FieldJson) as unknown as R;
  }

  optional(): Field<T | null, false, Def, Ro, Opaque> {
    return this.with({ required: false });
  }
  default(value: NonNullable<T>): Field<T, Req, true, Ro, Opaque> {
    return this.with({ default: value });
  }
  readOnly(): Field<T, Req, Def, true, Opaque> {
    return this.with({ readOnly: true });
  }
  unique(): this {
    return this.with({ unique: true });
  }
  index(): this {
    return this.with({ index: true });
  }
  search(): this {
    return this.with({ search: true });
  }
  pii(): this {
    return this.with({ pii: true });
  }
  hidden(): this {
    return this.with({ hidden: true });
  }
  immutable(): this {
    return this.with({ immutable: true });
  }
  encrypted(): Field<T, Req, Def, Ro, true> {
    return this.with({ encrypted: true });
  }
  /** `expression` is CEL over `record`: `record.quantity * record.price.amount`. */
  computed(expression: string): Field<T, Req, true, true, Opaque> {
    return this.with({ computed: expression, readOnly: true });
  }
  /** Of text alone: a text for each locale. */
  translated(): Field<Translated, Req, Def, Ro, true> {
    return this.with({ translated: true });
  }
  /** Keeps the field's column when its name changes; written by `npm run ids`. */
  id(id: `f_${string}`): this {
    return this.with({ id });
  }
  label(label: string): this {
    return this.with({ label });
  }
  help(help: string): this {
    return this.with({ help });
  }
}

export type AnyField = Field<any, boolean, boolean, boolean, boolean>;
export type Fields = Readonly<Record<string, AnyField>>;
/** The id of a record of entity `E` (`entity` of the same module, or `module.entity`). */
export type Id<E extends string = string> = string & { readonly entity?: E };

type Options<K extends FieldKind> = Omit<Extract<FieldNode, { kind: K }>, 'kind'>;
type Simplify<T> = { [K in keyof T]: T[K] } & {};
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K]['required'] extends false ? K : F[K]['defaulted'] extends true ? K : never;
}[keyof F];
type NullableKeys<F extends Fields> = { [K in keyof F]: F[K]['required'] extends false ? K : never }[keyof F];
type LockedKeys<F extends Fields> = { [K in keyof F]: F[K]['locked'] extends true ? K : never }[keyof F];

/** What a caller may send: optional and defaulted fields may be left out. */
export type Input<F extends Fields> = Simplify<
  { [K in Exclude<keyof F, OptionalKeys<F>>]: F[K]['value'] } & { [K in OptionalKeys<F>]?: F[K]['value'] }
>;
/** What a handler gets after parsing: defaults are filled in, optional fields may be null or absent. */
export type Parsed<F extends Fields> = Simplify<
  { [K in Exclude<keyof F, NullableKeys<F>>]: F[K]['value'] } & { [K in NullableKeys<F>]?: F[K]['value'] }
>;
/** A stored record as handlers see it; instants are epoch milliseconds. */
export type Row<F extends Fields> = Simplify<
  { readonly id: string; readonly createdAt: number; readonly updatedAt: number; readonly rev: number } & {
    readonly [K in keyof F]: F[K]['value'];
  }
>;
/** What a module's own code writes; it may set read-only fields, which the API may not. */
export type Draft<F extends Fields> = Input<F>;
/** What the API accepts for a new record. */
export type ApiDraft<F extends Fields> = Simplify<Omit<Input<F>, LockedKeys<F>>>;

const field = <T>(node: FieldNode): Field<T> => new Field<T>({ ...node, required: true });

const said = (campaign: CampaignPart): Field<string | null, false, true, true> =>
  new Field({ kind: 'text', max: longestPart, required: false, readOnly: true, campaign });

/**
 * Which campaign brought whoever made the record, for the business alone: `fields: { ..., ...campaignFields }`. Links in mails may name
 * their reader in the last two.
 */
export const campaignFields = {
  campaign: said('campaign'),
  campaignSource: said('source'),
  campaignMedium: said('medium'),
  campaignTerm: said('term').pii(),
  campaignContent: said('content').pii(),
};

/** The field builders. */
export const f = {
  text: (options: Options<'text'> = {}) => field<string>({ kind: 'text', ...options }),
  richText: (options: Options<'richText'> = {}) => field<string>({ kind: 'richText', ...options }),
  int: (options: Options<'int'> = {}) => field<number>({ kind: 'int', ...options }),
  decimal: (options: Options<'decimal'>) => field<string>({ kind: 'decimal', ...options }),
  money: () => field<Money>({ kind: 'money' }),
  bool: (options: Options<'bool'> = {}) => field<boolean>({ kind: 'bool', ...options }),
  date: () => field<string>({ kind: 'date' }),
  instant: () => field<number>({ kind: 'instant' }),
  localTime: () => field<string>({ kind: 'localTime' }),
  /** Whole minutes. */
  duration: (options: Options<'duration'> = {}) => field<number>({ kind: 'duration', ...options }),
  zone: () => field<string>({ kind: 'zone' }),
  enum: <const V extends readonly [string, ...string[]]>(values: V) => field<V[number]>({ kind: 'enum', values }),
  ref: <const E extends string>(to: E, onDelete: OnDelete = 'restrict') => field<Id<E>>({ kind: 'ref', to, onDelete }),
  list: <T>(of: Field<T, boolean, boolean, boolean, boolean>, options: { max?: number } = {}) =>
    field<readonly T[]>({ kind: 'list', of: of.json, ...options }),
  object: <const F extends Fields>(fields: F) =>
    field<Parsed<F>>({
      kind: 'object',
      fields: Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, v.json])),
    }),
  json: <T = unknown>() => field<T>({ kind: 'json' }),
  geo: () => new Field<Geo, true, false, false, true>({ kind: 'geo', required: true }),
  address: () => new Field<Address, true, false, false, true>({ kind: 'address', required: true }),
  /** The id of a file of the platform. */
  file: (options: Options<'file'> = {}) => field<Id<'file'>>({ kind: 'file', ...options }),
  /** Null until its transition has given it, where it is gapless. */
  sequence: (pattern: string, options: Omit<SequenceOptions, 'pattern'> = {}) =>
    new Field<string | null, false, true, true>({
      kind: 'sequence',
      pattern,
      ...options,
      required: false,
      readOnly: true,
    }),
};
