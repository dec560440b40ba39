/** The control plane's migrations, in order and bundled, since a Worker reads no files. An applied one is never edited. */
import { initialMigration } from './migrations/0001-initial.ts';
import { versionsMigration } from './migrations/0002-versions.ts';
import { suppressionMigration } from './migrations/0003-suppression.ts';
import { dueStoresMigration } from './migrations/0004-due-stores.ts';
import { snapshotsMigration } from './migrations/0005-snapshots.ts';
import { auditAnchorsMigration } from './migrations/0006-audit-anchors.ts';
import { analyticsMigration } from './migrations/0007-analytics.ts';
import { siteHostsMigration } from './migrations/0008-site-hosts.ts';
import { siteCaptchaMigration } from './migrations/0009-site-captcha.ts';
import { hostCertificatesMigration } from './migrations/0010-host-certificates.ts';
import { refusedOriginsMigration } from './migrations/0011-refused-origins.ts';
import { siteDaysMigration } from './migrations/0012-site-days.ts';
import { keyExpiryMigration } from './migrations/0013-key-expiry.ts';
import { heldUpdatesMigration } from './migrations/0014-held-updates.ts';
import { seenOriginsMigration } from './migrations/0015-seen-origins.ts';

export interface Migration {
  readonly id: string;
  /** One statement each, run as one write batch. */
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [
  initialMigration,
  versionsMigration,
  suppressionMigration,
  dueStoresMigration,
  snapshotsMigration,
  auditAnchorsMigration,
  analyticsMigration,
  siteHostsMigration,
  siteCaptchaMigration,
  hostCertificatesMigration,
  refusedOriginsMigration,
  siteDaysMigration,
  keyExpiryMigration,
  heldUpdatesMigration,
  seenOriginsMigration,
];
