/** Who works here: agencies, users, memberships, invitations, sessions. */
import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import type { MembershipRole } from '../../../schemas/protocol/index.ts';
import { client } from './tenants.ts';

export const agency = sqliteTable('agency', {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer('created_at').notNull(),
  /** Since when no rollout moves its clients; null where they take new versions. */
  updatesHeldAt: integer('updates_held_at'),
});

/** `email` is stored trimmed and in lower case. */
export const user = sqliteTable('user', {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  name: text().notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: integer('created_at').notNull(),
});

/** `clientId` is set exactly when the role is `client`. */
export const membership = sqliteTable(
  'membership',
  {
    id: text().primaryKey(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agency.id),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    role: text().$type<MembershipRole>().notNull(),
    clientId: text('client_id').references(() => client.id),
    createdAt: integer('created_at').notNull(),
  },
  t => [unique().on(t.agencyId, t.userId), index('membership_user').on(t.userId)],
);

/** `tokenHash` is the SHA-256 of the token in the invitation's URL. */
export const invitation = sqliteTable(
  'invitation',
  {
    id: text().primaryKey(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agency.id),
    clientId: text('client_id').references(() => client.id),
    email: text().notNull(),
    role: text().$type<MembershipRole>().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    invitedBy: text('invited_by')
      .notNull()
      .references(() => user.id),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    acceptedAt: integer('accepted_at'),
  },
  t => [index('invitation_agency').on(t.agencyId)],
);

/** `id` is the SHA-256 of the cookie's value; `expiresAt` is the absolute end, whatever the activity. */
export const session = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    membershipId: text('membership_id')
      .notNull()
      .references(() => membership.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  t => [index('session_membership').on(t.membershipId), index('session_expires').on(t.expiresAt)],
);
