/** What is in an archive of a client: a manifest, a file of JSON lines for each entity and each table of counts, the files' bytes. */
import { z } from 'zod';
import type { SqlValue } from '../../schemas/ports/index.ts';

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';
export const FILES = 'files.jsonl';
/** Where each numbering stands, so that the next invoice does not get the first one's number. */
export const SEQUENCES = 'sequences.jsonl';

/** Names of members; nothing else is looked at. */
export const memberNames =
  /^(?:manifest\.json|files\.jsonl|sequences\.jsonl|counts\/[a-z]{1,20}\.jsonl|data\/[a-z][a-z0-9-]{0,62}\.[a-zA-Z0-9]{1,40}\.jsonl|files\/[0-9a-f]{64})$/;

export const countsName = (table: string): string => `counts/${table}.jsonl`;

export const dataName = (module: string, entity: string): string => `data/${module}.${entity}.jsonl`;

const settings = z.record(z.string(), z.unknown());

/** Written last, so that it can say what the other members are. */
export const archiveManifest = z.object({
  format: z.literal(FORMAT),
  /** The instant that the archive stands for, and the last entry of the audit trail then. */
  exportedAt: z.string(),
  audit: z.int().optional(),
  client: z.object({ id: z.guid(), name: z.string(), zone: z.string() }),
  modules: z.array(z.object({ name: z.string().max(63), version: z.string().max(40), settings })),
  sites: z.array(
    z.object({
      id: z.guid(),
      name: z.string(),
      locale: z.string(),
      zone: z.string(),
      theme: z.record(z.string(), z.unknown()),
      /** Earlier archives have none. */
      analytics: z.string().default('cookieless'),
      modules: z.array(z.object({ module: z.string(), enabled: z.boolean(), settings })),
    }),
  ),
  /** Rows and SHA-256 of each member of JSON lines. */
  members: z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() })),
  /** Sealed values that did not open any more (`module.entity.field of id`); archives of earlier days left all of them out. */
  omitted: z.array(z.string()),
  /** Files whose bytes went while the archive was written, as those of a person who was erased do. */
  lost: z.array(z.string()).optional(),
});

export type ArchiveManifest = z.output<typeof archiveManifest>;

/** A number that JSON would round is written as text. */
export const lineOf = (row: Readonly<Record<string, SqlValue>>): string =>
  `${JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? { $int: `${value}` } : value))}\n`;

const wide = z.strictObject({ $int: z.string().regex(/^-?\d{1,19}$/) }).transform(({ $int }) => BigInt($int));
export const archiveRow = z.record(z.string().max(80), z.union([z.string(), z.number(), z.null(), wide]));
export type ArchiveRow = z.output<typeof archiveRow>;
