/** The first shape of the control plane. */
import type { Migration } from '../migrations.ts';

const people = [
  `CREATE TABLE agency (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT`,
  `CREATE TABLE user (
    id TEXT PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    password_hash TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT`,
  `CREATE TABLE client (
    id TEXT PRIMARY KEY NOT NULL, agency_id TEXT NOT NULL REFERENCES agency (id), name TEXT NOT NULL,
    zone TEXT NOT NULL, created_at INTEGER NOT NULL, deleted_at INTEGER) STRICT`,
  `CREATE INDEX client_agency ON client (agency_id, id)`,
  `CREATE TABLE membership (
    id TEXT PRIMARY KEY NOT NULL, agency_id TEXT NOT NULL REFERENCES agency (id),
    user_id TEXT NOT NULL REFERENCES user (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'client')),
    client_id TEXT REFERENCES client (id), created_at INTEGER NOT NULL,
    UNIQUE (agency_id, user_id), CHECK ((role = 'client') = (client_id IS NOT NULL))) STRICT`,
  `CREATE INDEX membership_user ON membership (user_id)`,
  // Two owners who remove each other at the same moment must not both succeed, so the rule lives here.
  `CREATE TRIGGER membership_keeps_an_owner BEFORE DELETE ON membership WHEN old.role = 'owner' AND NOT EXISTS (
    SELECT 1 FROM membership WHERE agency_id = old.agency_id AND role = 'owner' AND id <> old.id)
  BEGIN SELECT RAISE(ABORT, 'membership_keeps_an_owner'); END`,
  `CREATE TRIGGER membership_demotes_no_last_owner BEFORE UPDATE OF role ON membership
  WHEN old.role = 'owner' AND new.role <> 'owner' AND NOT EXISTS (
    SELECT 1 FROM membership WHERE agency_id = old.agency_id AND role = 'owner' AND id <> old.id)
  BEGIN SELECT RAISE(ABORT, 'membership_keeps_an_owner'); END`,
  `CREATE TABLE invitation (
    id TEXT PRIMARY KEY NOT NULL, agency_id TEXT NOT NULL REFERENCES agency (id),
    client_id TEXT REFERENCES client (id), email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'client')),
    token_hash TEXT NOT NULL UNIQUE, invited_by TEXT NOT NULL REFERENCES user (id),
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, accepted_at INTEGER,
    CHECK ((role = 'client') = (client_id IS NOT NULL))) STRICT`,
  `CREATE INDEX invitation_agency ON invitation (agency_id)`,
  `CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL, membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX session_membership ON session (membership_id)`,
  `CREATE INDEX session_expires ON session (expires_at)`,
];

const tenants = [
  `CREATE TABLE site (
    id TEXT PRIMARY KEY NOT NULL, client_id TEXT NOT NULL REFERENCES client (id), name TEXT NOT NULL,
    site_key TEXT NOT NULL UNIQUE, locale TEXT NOT NULL, zone TEXT NOT NULL, theme TEXT NOT NULL,
    created_at INTEGER NOT NULL, deleted_at INTEGER) STRICT`,
  `CREATE INDEX site_client ON site (client_id, id)`,
  `CREATE TABLE site_origin (
    id TEXT PRIMARY KEY NOT NULL, site_id TEXT NOT NULL REFERENCES site (id), origin TEXT NOT NULL,
    created_at INTEGER NOT NULL, UNIQUE (site_id, origin)) STRICT`,
  `CREATE INDEX site_origin_origin ON site_origin (origin)`,
  `CREATE TABLE store (
    id TEXT PRIMARY KEY NOT NULL, client_id TEXT NOT NULL REFERENCES client (id), site_id TEXT REFERENCES site (id),
    name TEXT NOT NULL UNIQUE, schema_rev INTEGER NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX store_client ON store (client_id)`,
];

const modules = [
  `CREATE TABLE module (
    name TEXT PRIMARY KEY NOT NULL, publisher_id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL) STRICT`,
  `CREATE TABLE module_version (
    module TEXT NOT NULL REFERENCES module (name), version TEXT NOT NULL, manifest TEXT NOT NULL, hash TEXT NOT NULL,
    created_at INTEGER NOT NULL, PRIMARY KEY (module, version)) STRICT`,
  `CREATE TABLE installation (
    client_id TEXT NOT NULL REFERENCES client (id), module TEXT NOT NULL REFERENCES module (name),
    version TEXT NOT NULL, settings TEXT NOT NULL, installed_at INTEGER NOT NULL,
    PRIMARY KEY (client_id, module), FOREIGN KEY (module, version) REFERENCES module_version (module, version)) STRICT`,
  `CREATE INDEX installation_version ON installation (module, version)`,
  `CREATE TABLE site_module (
    site_id TEXT NOT NULL REFERENCES site (id), module TEXT NOT NULL REFERENCES module (name),
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)), settings TEXT NOT NULL, updated_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, module)) STRICT`,
];

const security = [
  `CREATE TABLE api_key (
    id TEXT PRIMARY KEY NOT NULL, client_id TEXT NOT NULL REFERENCES client (id), name TEXT NOT NULL,
    prefix TEXT NOT NULL, key_hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES user (id), created_at INTEGER NOT NULL,
    last_used_at INTEGER, revoked_at INTEGER) STRICT`,
  `CREATE INDEX api_key_client ON api_key (client_id)`,
  `CREATE TABLE signing_key (
    kid TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL CHECK (state IN ('active', 'previous')),
    public_jwk TEXT NOT NULL, private_jwk_sealed TEXT NOT NULL, created_at INTEGER NOT NULL,
    retired_at INTEGER) STRICT`,
  // Two processes that both find no key must not both make one.
  `CREATE UNIQUE INDEX signing_key_one_active ON signing_key (state) WHERE state = 'active'`,
  `CREATE TABLE revoked_token (
    subject TEXT PRIMARY KEY NOT NULL, issued_before INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX revoked_token_expires ON revoked_token (expires_at)`,
  `CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL, agency_id TEXT NOT NULL REFERENCES agency (id), client_id TEXT, at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL, actor_id TEXT, action TEXT NOT NULL, subject TEXT NOT NULL, subject_id TEXT,
    diff TEXT) STRICT`,
  `CREATE INDEX audit_agency ON audit (agency_id, id)`,
  `CREATE INDEX audit_client ON audit (client_id, id)`,
  `CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END`,
  `CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END`,
];

export const initialMigration: Migration = {
  id: '0001-initial',
  statements: [...people, ...tenants, ...modules, ...security],
};
