/**
 * JSON shapes of the control plane (`/api/...`). Instants are RFC 3339 UTC, ids UUIDv7.
 * One record comes as `{data}`, a list as `{data, page}`; errors as problem+json.
 *
 * POST   /api/signup                       SignUp -> 201 {data: Session}, sets the session cookie
 * POST   /api/session                      SignIn -> {data: Session}, sets the session cookie
 * GET    /api/session                      -> {data: Session} | 401
 * DELETE /api/session                      -> 204
 * POST   /api/session/token                {clientId} -> {data: AccessToken}
 * GET    /api/agency, PATCH /api/agency    {name}
 * GET    /api/members                      -> {data: Member[]};  DELETE /api/members/:id
 * GET    /api/invitations, POST            {email, role, clientId?} -> 201 {data: Invitation with url}; DELETE /:id
 * GET    /api/invitations/lookup/:token    -> {data: {agencyName, email, role}}; POST /accept/:token {name, password}
 * GET    /api/clients, POST {name, zone}   GET PATCH DELETE /api/clients/:id
 * GET    /api/clients/:id/sites, POST {name, zone?}
 * GET    /api/sites/:id, PATCH {name?, locale?, theme?, analytics?}, DELETE
 * GET    /api/sites/:id/origins, POST {origin}; DELETE /api/sites/:id/origins/:originId; GET /api/sites/:id/refused-origins -> {data: RefusedOrigin[]}
 * GET    /api/sites/:id/modules            -> {data: SiteModule[]}; PUT /api/sites/:id/modules/:module {enabled, settings?}
 * GET    /api/sites/:id/snippet?module=&widget=&for=&mode=&fast=1&host=&<attribute>= -> {data: Snippet}; POST /api/sites/:id/pins?... {} -> {data: Snippet}, pinned
 * GET    /api/modules                      -> {data: ModuleSummary[]}; GET /api/modules/:name -> {data: ModuleSummary with manifest}
 * GET    /api/clients/:id/installations, POST {module, version?, dryRun?} (a dry run -> {data: VersionPlan}); PATCH DELETE /api/clients/:id/installations/:module
 * POST   /api/clients/:id/installations/:module/upgrade   {version?, dryRun?, consent?} -> {data: VersionPlan}; .../rollback -> {data: Installation}
 * GET    /api/clients/:id/installations/:module/versions -> {data: ModuleVersion[]}, the newest first
 * GET    /api/clients/:id/installations/:module/contract -> {data: ContractPlan}; POST {parts} -> 202 {data: Contraction}
 * GET    /api/removed-clients              -> {data: RemovedClient[]}; POST /:id/restore {} -> {data: Client}
 * GET    /api/clients/:id/export           -> an archive; POST /api/clients/:id/import (application/zip) -> 201 {data: ImportReport}
 * POST   /api/sites/:id/clone {name, origins?, clientId?} -> 201 {data: Site}; POST /api/clients/:id/purge {confirm} -> 204
 * POST   /api/clients/:id/erase-person {person? | email?, dryRun?} -> {data: ErasureProof} (a dry run -> {data: ErasurePreview})
 * GET    /api/clients/:id/removed-modules  -> {data: RemovedModule[]}; GET /api/clients/:id/export?module= -> an archive of one module
 * GET    /api/clients/:id/quarantine       -> {data: Quarantine | null}; POST /release {} -> 204
 * GET    /api/rollouts                     -> {data: Rollout[]};  GET /api/agency/updates, PUT {held} -> {data: HeldUpdates}
 * GET    /api/clients/:id/snapshots, POST {} -> 201 {data: Snapshot}; DELETE /:snapshotId; POST /:snapshotId/restore {} -> 204
 * GET    /api/clients/:id/keys, POST {name, scopes, expiresAt?} -> 201 {data: ApiKey with key, shown once}; DELETE /:keyId
 * GET    /api/audit?clientId=              -> {data: AuditEntry[]}
 */
import type { HostCertificate, HostRecord } from '../ports/index.ts';
import type { AnalyticsMode } from './analytics.ts';

/** `owner`, `admin` and `member` belong to the agency; `client` sees one client alone. */
export type MembershipRole = 'owner' | 'admin' | 'member' | 'client';

export interface SignUp {
  readonly agencyName: string;
  readonly name: string;
  readonly email: string;
  /** 10 to 200 characters. */
  readonly password: string;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

export interface Session {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly agency: { readonly id: string; readonly name: string };
  readonly role: MembershipRole;
  /** Set when the role is `client`. */
  readonly clientId: string | null;
  readonly expiresAt: string;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: string;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: MembershipRole;
  readonly clientId: string | null;
  readonly createdAt: string;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: MembershipRole;
  readonly clientId: string | null;
  readonly expiresAt: string;
  /** Only in the reply that creates it. */
  readonly url?: string;
}

export interface Client {
  readonly id: string;
  readonly name: string;
  /** IANA zone of the business. */
  readonly zone: string;
  readonly createdAt: string;
  readonly siteCount?: number;
}

/** Design tokens a site sets over what the widget samples from its host page. Colours are CSS colours. */
export interface SiteTheme {
  readonly accent?: string;
  readonly radius?: string;
  readonly scheme?: 'light' | 'dark' | 'auto';
}

export interface Site {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  /** Public key in the embed snippet, `site_` and 16 lower-case letters or digits. */
  readonly siteKey: string;
  /** BCP 47 tag used where the page declares none. */
  readonly locale: string;
  readonly zone: string;
  readonly theme: SiteTheme;
  /** Who is counted. */
  readonly analytics: AnalyticsMode;
  readonly createdAt: string;
}

/** How a site's visitors prove that they are no machines. `serviceKey` is the public key at the service. */
export type SiteCaptcha =
  | { readonly provider: 'work' }
  | { readonly provider: 'turnstile'; readonly serviceKey: string };

/** An origin that may load this site's widgets, such as `https://www.rosas-salon.example`. */
export interface SiteOrigin {
  readonly id: string;
  readonly origin: string;
  readonly createdAt: string;
  /** When a page there last showed a widget, to ten minutes; null for never. */
  readonly lastAt: string | null;
}

/** A page that asked for the site's widgets within the last 30 days and is not on its list. */
export interface RefusedOrigin {
  readonly origin: string;
  readonly lastAt: string;
}

/** A name of the client's own that leads to its site. It does once its records are there and it was verified. */
export interface SiteHost {
  readonly id: string;
  readonly host: string;
  /** `suspended`: the TXT record was gone for three days. */
  readonly state: 'pending' | 'verified' | 'suspended';
  /** What to enter where the name is run. */
  readonly records: readonly HostRecord[];
  /** How it stands with TLS; null where the name does not lead here. */
  readonly certificate: HostCertificate | null;
  readonly checkedAt: string | null;
  readonly createdAt: string;
}

export interface SiteModule {
  readonly module: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** `html` is pasted as it is; `script` and `tag` are its two halves. `parts` are what the builder that was asked for takes, in order. */
export interface Snippet {
  readonly script: string;
  readonly tag: string;
  readonly html: string;
  readonly parts: readonly SnippetPart[];
  /** Host names that the script may come from, the installation's own last; the first is taken where none is asked for. */
  readonly hosts: readonly string[];
}

/** Where a part belongs: the page's head, its place in the page, a field of the plugin, a shortcode, a terminal, a component, a tag manager. */
export type SnippetPlace = 'head' | 'page' | 'address' | 'key' | 'shortcode' | 'install' | 'component' | 'tag';

/** A file of the browser's build, as a page may ask for it. */
export interface WidgetFile {
  readonly path: string;
  /** Subresource integrity. */
  readonly integrity: string;
}

export interface SnippetPart {
  readonly place: SnippetPlace;
  readonly code: string;
}

export interface ModuleSummary {
  readonly name: string;
  readonly id: string;
  readonly version: string;
  readonly type: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly categories: readonly string[];
  readonly requires: readonly string[];
  /** The whole manifest in its JSON form, where one module is asked for. */
  readonly manifest?: unknown;
}

export interface Installation {
  readonly module: string;
  readonly version: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly installedAt: string;
  /** Kept at its version; rollouts pass it by. */
  readonly pinned: boolean;
  /** What a rollback flips back to. */
  readonly previousVersion: string | null;
}

/** A version of a module as it was published. */
export interface ModuleVersion {
  readonly version: string;
  readonly publishedAt: string;
}

interface VersionParts {
  readonly entities: readonly string[];
  /** `entity.field`. */
  readonly fields: readonly string[];
  readonly actions: readonly string[];
}

/** What one module's change of version brings; `from` is null for a module that comes along. */
export interface VersionChange {
  readonly module: string;
  readonly from: string | null;
  readonly to: string;
  readonly added: VersionParts;
  readonly removed: VersionParts;
  /** Rights within the module that a role gains. */
  readonly permissions: readonly string[];
  /** What the module gains outside itself: calls, hosts, acting as the system. */
  readonly scopes: readonly string[];
}

export interface VersionPlan {
  readonly changes: readonly VersionChange[];
  /** Why it cannot be done; empty where it can or has been. */
  readonly conflicts: readonly string[];
  /** What an upgrade has to be sent as `consent`: rights and scopes that grow, as `module: public may read seat`. */
  readonly consent: readonly string[];
  readonly done: boolean;
}

/** 1: one store in a hundred, first; 2: one in ten; 3: the rest. */
export type RolloutCohort = 1 | 2 | 3;
export type RolloutCounts = Readonly<Record<'pending' | 'migrating' | 'done' | 'failed', number>>;

/** A version on its way to the agency's clients. */
export interface Rollout {
  readonly id: string;
  readonly module: string;
  readonly version: string;
  /** `stopped`: too many stores failed. */
  readonly state: 'running' | 'paused' | 'stopped' | 'aborted' | 'done';
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The latest cohort that it has come to among all who use the module, where it stands or stopped; null before the first. */
  readonly cohort: RolloutCohort | null;
  /** The agency's own clients, here and below. */
  readonly clients: RolloutCounts;
  readonly cohorts: Readonly<Record<RolloutCohort, RolloutCounts>>;
  readonly failures: readonly { readonly clientId: string; readonly error: string }[];
}

/** While an agency holds them, rollouts pass its clients by; they get what they missed once it lets go. */
export interface HeldUpdates {
  readonly held: boolean;
  readonly since: string | null;
}

/** An update that did not fit a client's records; it goes on with what it had, and gets no other before it is released. */
export interface Quarantine {
  /** Null where what put it out is no longer known. */
  readonly module: string | null;
  readonly version: string | null;
  readonly error: string | null;
  readonly since: string | null;
}

/** Installing it again before `dropsAt` gives everything back. */
export interface RemovedModule {
  readonly module: string;
  readonly version: string;
  readonly removedAt: string;
  readonly dropsAt: string;
}

/** A client that was deleted; bringing it back before `purgedAt` gives everything back but its API keys. */
export interface RemovedClient {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: string;
  readonly purgedAt: string;
}

/** What came with an archive. */
export interface ImportReport {
  readonly records: number;
  readonly files: number;
  /** Rows of what was counted of the sites. */
  readonly counts: number;
  readonly sites: readonly { readonly from: string; readonly to: string }[];
  /** Records whose person was erased here before: they came in without them. */
  readonly suppressed: number;
  readonly omitted: readonly string[];
}

/** What earlier versions of a module left in a client's store. */
export interface ContractPlan {
  /** The version in use. */
  readonly version: string;
  readonly parts: readonly {
    /** `entity` or `entity.field`. */
    readonly name: string;
    /** As the last version that had it called them; a field without a label, or a whole entity, has none. */
    readonly label: { readonly entity: string; readonly field: string | null };
    /** The last version that had it. */
    readonly last: string;
    /** Rows that have something in it. */
    readonly rows: number;
    /** Its values go and the column stays, because a rule of the table names it. */
    readonly emptied: boolean;
    /** Whether the publisher says that it may go. */
    readonly announced: boolean;
  }[];
  /** Why they cannot go now; empty where they can. */
  readonly blockers: readonly {
    readonly kind: 'filling' | 'rollback' | 'reference' | 'rollout';
    readonly text: string;
  }[];
  readonly last: Contraction | null;
}

/** Parts that a person let go. */
export interface Contraction {
  readonly id: string;
  readonly version: string;
  readonly parts: readonly string[];
  /** The copy from before. */
  readonly snapshotId: string | null;
  readonly state: 'running' | 'done' | 'failed';
  readonly error: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A copy of a client's store. */
export interface Snapshot {
  readonly id: string;
  /** What it was made before, or `asked for`. */
  readonly reason: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** First characters, for recognising it. */
  readonly prefix: string;
  /** `*`, or `booking:read`, `booking:write`. */
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** From this instant on it is refused, as KEY_EXPIRED; null for never. */
  readonly expiresAt: string | null;
  /** Only in the reply that creates it: `inlay_sk_` and 43 characters. */
  readonly key?: string;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly action: string;
  readonly subject: string;
  readonly subjectId: string | null;
  readonly diff: Readonly<Record<string, unknown>> | null;
}

export type DeliveryState = 'pending' | 'done' | 'dead' | 'discarded';

/** An event on its way to one subscriber, or a run of a job that was asked for. */
export interface Delivery {
  readonly id: string;
  readonly kind: 'event' | 'job';
  /** The event, or the job. */
  readonly name: string;
  /** `module.handler`. */
  readonly handler: string;
  /** Record of the event, key of the job. */
  readonly record: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** What the last try that failed said. */
  readonly error: string | null;
  /** When it happened, or was planned for. */
  readonly at: string;
  readonly nextTryAt: string | null;
}
