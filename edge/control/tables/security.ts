/** What lets callers in and what remembers them: API keys, signing keys, revocations, the audit trail. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { agency, user } from './people.ts';
import { client } from './tenants.ts';

/** `keyHash` is the SHA-256 of the whole key; `prefix` its first characters. */
export const apiKey = sqliteTable(
  'api_key',
  {
    id: text().primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => client.id),
    name: text().notNull(),
    prefix: text().notNull(),
    keyHash: text('key_hash').notNull().unique(),
    scopes: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
    /** Null for a key without an end. */
    expiresAt: integer('expires_at'),
  },
  t => [index('api_key_client').on(t.clientId)],
);

/** One key signs (`active`), the ones before it still verify (`previous`). */
export const signingKey = sqliteTable('signing_key', {
  kid: text().primaryKey(),
  state: text().$type<'active' | 'previous'>().notNull(),
  publicJwk: text('public_jwk', { mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  /** AES-256-GCM under a key derived from the master key. */
  privateJwkSealed: text('private_jwk_sealed').notNull(),
  createdAt: integer('created_at').notNull(),
  retiredAt: integer('retired_at'),
});

/** `subject` is `jti:`, `member:`, `session:`, `client:`, `site:` or `key:` and an id; credentials of it issued up to `issuedBefore` are dead. */
export const revokedToken = sqliteTable(
  'revoked_token',
  {
    subject: text().primaryKey(),
    issuedBefore: integer('issued_before').notNull(),
    /** When every credential it could concern has ended by itself. */
    expiresAt: integer('expires_at').notNull(),
  },
  t => [index('revoked_token_expires').on(t.expiresAt)],
);

/** Who did what; rows are only ever added. Actor and subject ids outlive what they name, so they are no foreign keys. */
export const audit = sqliteTable(
  'audit',
  {
    id: text().primaryKey(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agency.id),
    clientId: text('client_id'),
    at: integer().notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    action: text().notNull(),
    subject: text().notNull(),
    subjectId: text('subject_id'),
    diff: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
  },
  t => [index('audit_agency').on(t.agencyId, t.id), index('audit_client').on(t.clientId, t.id)],
);
