/** How a version's rows come from an older one's: values filled in after the pointer has moved, parts dropped much later. */
import * as z from 'zod';

/** Where a filled-in value comes from: a constant, another field of the same kind, or text made of texts. */
export type BackfillSource =
  | { readonly value: unknown }
  | { readonly copy: string }
  | { readonly concat: readonly ({ readonly text: string } | { readonly field: string })[] };

export interface BackfillDef {
  readonly entity: string;
  /** Field -> source. Only rows that have no value get one. */
  readonly set: Readonly<Record<string, BackfillSource>>;
}

/** A field, or a whole entity, that no longer is in the manifest. */
export interface ContractDef {
  readonly entity: string;
  readonly field?: string;
}

/** A manifest lists every step it still supports, so that a store may skip versions. */
export interface MigrationDef {
  /** Range of versions that need it; all older ones where it is left out. */
  readonly from?: string;
  /** The version that brought it. */
  readonly to: string;
  readonly backfill?: readonly BackfillDef[];
  readonly contract?: readonly ContractDef[];
}

const identifier = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const scalar = z.union([
  z.string(),
  z.int(),
  z.boolean(),
  z.strictObject({ amount: z.int(), currency: z.string() }),
  z.array(z.unknown()).max(100),
]);
const source = z.union([
  z.strictObject({ value: scalar }),
  z.strictObject({ copy: identifier }),
  z.strictObject({
    concat: z
      .array(z.union([z.strictObject({ text: z.string().max(200) }), z.strictObject({ field: identifier })]))
      .min(1)
      .max(20),
  }),
]);

/** The JSON form. */
export const migrationSchema = z.strictObject({
  from: z.string().max(100).optional(),
  to: z.string().regex(/^\d+\.\d+\.\d+$/),
  backfill: z
    .array(
      z.strictObject({
        entity: identifier,
        set: z.record(identifier, source).refine(set => Object.keys(set).length > 0),
      }),
    )
    .optional(),
  contract: z.array(z.strictObject({ entity: identifier, field: identifier.optional() })).optional(),
});
