/** Where a site's script may come from: its verified names, and the installation's own. */
import { and, asc, eq } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import { hostCertificate, siteHost } from '../control/schema.ts';
import { originOf } from '../domains/verify-host.ts';
import type { ControlDeps } from './deps.ts';

export interface SnippetHosts {
  /** Host names, that of the installation last. */
  readonly names: readonly string[];
  /** Origin of the one that was asked for, or else of the first. */
  readonly origin: string;
}

/** Throws VALIDATION_FAILED for a name that does not lead to the site, or not yet: a visitor's browser could not fetch from it. */
export async function snippetHosts(
  { db, config }: ControlDeps,
  siteId: string,
  asked: string | undefined,
): Promise<SnippetHosts> {
  const rows = await db
    .select({ host: siteHost.host, certificate: hostCertificate.state })
    .from(siteHost)
    .leftJoin(hostCertificate, eq(hostCertificate.host, siteHost.host))
    .where(and(eq(siteHost.siteId, siteId), eq(siteHost.state, 'verified')))
    .orderBy(asc(siteHost.id));
  const own = new URL(config.publicUrl).hostname;
  // Without a row, whoever is in front of the installation has the certificate.
  const verified = rows.filter(({ certificate }) => certificate !== 'pending' && certificate !== 'failed');
  const names = [...verified.map(({ host }) => host), own];
  const host = asked ?? names[0]!;
  if (!names.includes(host)) {
    const message = 'This name does not lead to the site yet. Verify it under the names of the site.';
    throw Problem.of('VALIDATION_FAILED', { errors: [{ pointer: '/host', code: 'unverified', message }] });
  }
  return { names, origin: host === own ? config.publicUrl : originOf(host) };
}
