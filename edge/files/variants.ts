/** Smaller pictures of a file: declared by modules, made when one is first asked for, kept beside the original. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import type { FieldJson, ImageRecipe } from '../../schemas/module/index.ts';
import { type Database, ImageError } from '../../schemas/ports/index.ts';
import { runCall } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import { systemCall } from '../engine/outbox.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { FileRow } from './file-row.ts';
import { requireRoom } from './quota.ts';

/** A picture that could not be made is not tried again for this long. */
const REFUSED_MS = 86_400_000;

/** What a recipe is called in an address and in the store: `320x240-cover.jpeg`. */
export const recipeText = ({ width, height, fit, format }: ImageRecipe): string =>
  `${width}x${height}-${fit}.${format}`;

const declared = new WeakMap<readonly CompiledModule[], ReadonlyMap<string, ImageRecipe>>();

/** By `module.entity.field.name`, and by what each recipe is called. */
export function declaredVariants(modules: readonly CompiledModule[]): ReadonlyMap<string, ImageRecipe> {
  const known = declared.get(modules);
  if (known) return known;
  const found = new Map<string, ImageRecipe>();
  const collect = (path: string, node: FieldJson): void => {
    if (node.kind === 'list') collect(path, node.of);
    if (node.kind === 'object') for (const [name, of] of Object.entries(node.fields)) collect(`${path}.${name}`, of);
    if (node.kind !== 'file') return;
    for (const [name, recipe] of Object.entries(node.variants ?? {})) {
      found.set(`${path}.${name}`, recipe);
      found.set(recipeText(recipe), recipe);
    }
  };
  for (const module of modules) {
    for (const entity of module.entities.values()) {
      for (const field of entity.fields) collect(`${module.name}.${entity.name}.${field.name}`, field.json);
    }
  }
  declared.set(modules, found);
  return found;
}

/** The recipe's picture of a readable file, as a file of its own. Throws VALIDATION_FAILED, QUOTA_EXCEEDED, UNAVAILABLE. */
export async function variantOf(
  runtime: Runtime,
  tenant: Tenant,
  db: Database,
  row: FileRow,
  recipe: ImageRecipe,
): Promise<FileRow> {
  const kept = await find(db, row, recipe, runtime.ports.clock.now());
  if (kept) return kept;
  return runtime.ports.coalescer.once(`variant:${row.key}:${recipeText(recipe)}`, async () => {
    const made = await attempt(runtime, row, recipe);
    const key = made.image ? `${tenant.client.id}/${uuidv7()}` : null;
    if (made.image && key) await runtime.ports.blobs.put(key, once(made.image.bytes), made.image.bytes.byteLength);
    try {
      await keep(runtime, tenant, row, recipe, { key, ...made });
    } catch (error) {
      if (key) await runtime.ports.blobs.delete([key]);
      // Another host may have made the same picture meanwhile.
      const theirs = await find(db, row, recipe, runtime.ports.clock.now());
      if (theirs) return theirs;
      throw error;
    }
    return (await find(db, row, recipe, runtime.ports.clock.now())) ?? notFound();
  });
}

const notFound = (): never => {
  throw Problem.of('NOT_FOUND');
};

interface Attempt {
  readonly image?: { readonly bytes: Uint8Array; readonly mime: string };
  readonly refusal?: string;
}

async function attempt({ ports }: Runtime, row: FileRow, recipe: ImageRecipe): Promise<Attempt> {
  const stored = (await ports.blobs.get(row.key)) ?? notFound();
  const parts: Uint8Array[] = [];
  for await (const part of stored.body) parts.push(part);
  try {
    return { image: await ports.images.render(Buffer.concat(parts), recipe) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    if (error.kind === 'busy') throw Problem.of('UNAVAILABLE', { detail: error.message, cause: error });
    return { refusal: error.message };
  }
}

async function keep(
  runtime: Runtime,
  tenant: Tenant,
  row: FileRow,
  recipe: ImageRecipe,
  { key, image, refusal }: Attempt & { readonly key: string | null },
): Promise<void> {
  const size = image?.bytes.byteLength ?? 0;
  const sha256 = image ? createHash('sha256').update(image.bytes).digest('hex') : null;
  await runCall(runtime, systemCall(tenant, row.id), async work => {
    requireRoom(work, runtime, size);
    work.write(
      `INSERT INTO "_file_variant" ("source", "recipe", "key", "size", "mime", "sha256", "refusal", "created_at")
       SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM "_file" WHERE "key" = ? AND "state" = 'ready' AND "deleted_at" IS NULL)
       ON CONFLICT ("source", "recipe") DO UPDATE SET "key" = excluded."key", "size" = excluded."size", "mime" = excluded."mime",
         "sha256" = excluded."sha256", "refusal" = excluded."refusal", "created_at" = excluded."created_at"
       WHERE "_file_variant"."key" IS NULL`,
      [row.key, recipeText(recipe), key, size, image?.mime ?? null, sha256, refusal ?? null, work.now, row.key],
    );
    work.expectChange(Problem.of('CONFLICT', { detail: 'Try again.' }));
    return { status: 204, body: '' };
  });
}

async function find(db: Database, row: FileRow, recipe: ImageRecipe, now: number): Promise<FileRow | undefined> {
  const sql = `SELECT "key", "size", "mime", "sha256", "refusal" FROM "_file_variant" WHERE "source" = ? AND "recipe" = ? AND ("key" IS NOT NULL OR "created_at" > ?)`;
  const [found] = await db.read([{ sql, args: [row.key, recipeText(recipe), now - REFUSED_MS] }]);
  const values = found!.rows[0];
  if (!values) return undefined;
  const [key, size, mime, sha256, refusal] = values as [string | null, number, string, string, string];
  if (key === null) {
    throw Problem.of('VALIDATION_FAILED', {
      detail: refusal,
      errors: [{ pointer: '', code: 'NO_PICTURE', message: refusal }],
    });
  }
  return { ...row, name: `${row.name.replace(/\.[^.]*$/, '')}.${recipe.format}`, key, size, mime, sha256 };
}

const once = async function* (bytes: Uint8Array) {
  yield bytes;
};
