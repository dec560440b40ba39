/** /api/sites/:id/hosts: names of the client's own that lead to its site. GET /api/hosts/allowed: whether to get a certificate for one. */
import { randomBytes } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { CertificatesError, type HostCertificate } from '../../schemas/ports/index.ts';
import type { SiteHost } from '../../schemas/protocol/index.ts';
import { auditRow } from '../account/audit-trail.ts';
import type { ControlDeps } from '../account/deps.ts';
import { guards } from '../account/guards.ts';
import { instant } from '../account/json.ts';
import { wholeList } from '../account/page.ts';
import { findSite, idOf } from '../account/scope.ts';
import { isRefusedBy } from '../control/failures.ts';
import { hostCertificate, siteHost } from '../control/schema.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { settleCertificate } from './certificates.ts';
import { challengeName, challengeText, hostName, normalHost } from './host-name.ts';
import { type HostRow, releaseHost, verifyHost } from './verify-host.ts';

const asked = z.strictObject({ host: hostName });
const nothing = z.strictObject({});

export function hostRoutes(control: ControlDeps): Hono<AppEnv> {
  const deps = control.domains;
  const { db, clock } = deps;
  const { anyone, staff } = guards(control);
  const own = new URL(control.config.publicUrl).hostname;
  const findHost = async (c: AppContext) => {
    const { id: siteId, clientId } = await findSite(control, c.get('session'), c.req.param('id') ?? '');
    const id = idOf(c.req.param('hostId') ?? '');
    const row = await db
      .select()
      .from(siteHost)
      .where(and(eq(siteHost.id, id), eq(siteHost.siteId, siteId)))
      .get();
    if (!row) throw Problem.of('NOT_FOUND');
    return { row, clientId };
  };

  /** The name is verified whatever its issuer says; a sweep asks again. */
  const certificateOf = async (host: string): Promise<HostCertificate | null> => {
    try {
      return await settleCertificate(deps, host, { anew: true });
    } catch (error) {
      if (error instanceof CertificatesError) return { state: 'pending', records: [], reason: null };
      throw error;
    }
  };

  return new Hono<AppEnv>()
    .get('/api/hosts/allowed', async c => {
      const host = normalHost(c.req.query('domain') ?? '');
      if (!host || !(await deps.hosts.siteKeyOf(host))) throw Problem.of('NOT_FOUND');
      return c.body(null, 204);
    })
    .get('/api/sites/:id/hosts', anyone, async c => {
      const { id } = await findSite(control, c.get('session'), c.req.param('id'));
      const rows = await db
        .select()
        .from(siteHost)
        .leftJoin(hostCertificate, eq(hostCertificate.host, siteHost.host))
        .where(eq(siteHost.siteId, id))
        .orderBy(asc(siteHost.id));
      return c.json(wholeList(rows.map(row => toJson(row.site_host, own, row.host_certificate))));
    })
    .post('/api/sites/:id/hosts', staff, async c => {
      const session = c.get('session');
      const { id: siteId, clientId } = await findSite(control, session, c.req.param('id'));
      const { host } = await readValid(c.req.raw, asked);
      if (host === own || host.endsWith(`.${own}`)) throw taken('This name is ours.');
      const row: HostRow = {
        id: uuidv7(),
        siteId,
        host,
        token: randomBytes(16).toString('hex'),
        state: 'pending',
        checkedAt: null,
        lostAt: null,
        createdAt: clock.now(),
      };
      try {
        await db.batch([
          db.insert(siteHost).values(row),
          auditRow(control, session, { action: 'host.create', subjectId: row.id, clientId, diff: { siteId, host } }),
        ]);
      } catch (error) {
        if (isRefusedBy(error, 'site_host.site_id')) throw taken('The site has this name already.', error);
        throw error;
      }
      return c.json({ data: toJson(row, own) }, 201);
    })
    .post('/api/sites/:id/hosts/:hostId/verify', staff, async c => {
      const { row } = await findHost(c);
      await readValid(c.req.raw, nothing);
      const verdict = await verifyHost(deps, row);
      if (verdict === 'unknown')
        throw Problem.of('UNAVAILABLE', { detail: `${row.host} could not be looked up just now.` });
      if (verdict === 'taken')
        throw Problem.of('CONFLICT', { detail: 'Another site has this name, and its record is still there.' });
      const certificate = verdict === 'verified' ? await certificateOf(row.host) : null;
      return c.json({ data: toJson({ ...row, state: verdict, checkedAt: clock.now() }, own, certificate) });
    })
    .delete('/api/sites/:id/hosts/:hostId', staff, async c => {
      const { row, clientId } = await findHost(c);
      await releaseHost(deps, row, 'delete');
      if (row.state !== 'pending')
        control.ports.scheduler.defer(async () => void (await settleCertificate(deps, row.host)));
      const diff = { siteId: row.siteId, host: row.host };
      await db.batch([
        auditRow(control, c.get('session'), { action: 'host.delete', subjectId: row.id, clientId, diff }),
      ]);
      return c.body(null, 204);
    });
}

const taken = (message: string, cause?: unknown): Problem =>
  Problem.of('ALREADY_EXISTS', { errors: [{ pointer: '/host', code: 'taken', message }], cause });

const toJson = (row: HostRow, own: string, certificate: HostCertificate | null = null): SiteHost => ({
  id: row.id,
  host: row.host,
  state: row.state,
  records: [
    { type: 'CNAME', name: row.host, value: own },
    { type: 'TXT', name: challengeName(row.host), value: challengeText(row.token) },
  ],
  certificate:
    certificate && row.state === 'verified'
      ? { state: certificate.state, records: certificate.records, reason: certificate.reason }
      : null,
  checkedAt: row.checkedAt === null ? null : instant(row.checkedAt),
  createdAt: instant(row.createdAt),
});
