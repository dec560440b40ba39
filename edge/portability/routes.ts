/** Whole clients: export, import, a site's copy. */
import { Hono } from 'hono';
import { createFactory } from 'hono/factory';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import { BlobSizeError } from '../../schemas/ports/index.ts';
import { auditRow } from '../account/audit-trail.ts';
import { guards } from '../account/guards.ts';
import { findClient, idOf } from '../account/scope.ts';
import { readSessionCookie } from '../account/session-cookie.ts';
import { findSession } from '../auth/sessions.ts';
import { toStream } from '../files/download.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { dropSnapshot, findSnapshot, type SnapshotRow, takeSnapshot } from '../versions/snapshots.ts';
import { cloneBody, cloneSite } from './clone-site.ts';
import { copyOfCounts } from './counts-copy.ts';
import type { PortabilityDeps } from './deps.ts';
import { exportClient, type StoreCopy } from './export-client.ts';
import { moduleExport } from './export-module.ts';
import { importClient } from './import-client.ts';
import { readSurroundings } from './surroundings.ts';

const { createMiddleware } = createFactory<AppEnv>();

export function portabilityRoutes(deps: PortabilityDeps): Hono<AppEnv> {
  const { control, runtime, tenants } = deps;
  const { admin, staff } = guards(control);

  return new Hono<AppEnv>()
    .get('/api/clients/:id/export', admin, async c => {
      const session = c.get('session');
      const client = await findClient(control, session, c.req.param('id'));
      const tenant = await tenants.byClient(client.id);
      if (!tenant) throw Problem.of('NOT_FOUND');
      const name = c.req.query('module');
      const asked = c.req.query('snapshot');
      if (asked !== undefined && name === undefined) {
        throw Problem.of('INVALID_REQUEST', { detail: 'Of a snapshot, one module is exported: name it (?module=).' });
      }
      const snapshot = asked === undefined ? undefined : await findSnapshot(control.db, client.id, idOf(asked));
      const part = name === undefined ? undefined : await moduleExport(deps, client, tenant, name, snapshot);
      const around = part?.surroundings ?? (await readSurroundings(deps, client));
      const archive = await exportClient(
        runtime,
        tenant,
        around,
        () => copyOf(deps, client.id, !part, snapshot),
        part?.only,
      );
      const diff = name === undefined ? {} : { module: name };
      await auditRow(control, session, { action: 'client.export', subjectId: client.id, clientId: client.id, diff });
      const day = new Date(runtime.ports.clock.now()).toISOString().slice(0, 10);
      c.header('Content-Type', 'application/zip');
      c.header('Content-Disposition', `attachment; filename="${part?.only.name ?? 'client'}-${client.id}-${day}.zip"`);
      return c.body(toStream(archive));
    })
    .post('/api/clients/:id/import', archiveGuard(deps), async c => {
      const session = c.get('session');
      const { id } = await findClient(control, session, c.req.param('id'));
      const length = Number(c.req.header('content-length') ?? Number.NaN);
      if (!Number.isInteger(length)) throw Problem.of('INVALID_REQUEST', { detail: 'Send a Content-Length.' });
      if (length > runtime.config.files.maxArchiveBytes) {
        throw Problem.of('PAYLOAD_TOO_LARGE', {
          detail: `An archive may have ${runtime.config.files.maxArchiveBytes} bytes.`,
        });
      }
      const key = `${id}/import-${uuidv7()}`;
      try {
        const body = (c.req.raw.body ?? new Response('').body!) as unknown as AsyncIterable<Uint8Array>;
        await runtime.ports.blobs.put(key, body, length);
        const report = await importClient(deps, id, key);
        const { records, files, counts, suppressed } = report;
        const diff = { records, files, counts, suppressed };
        await auditRow(control, session, { action: 'client.import', subjectId: id, clientId: id, diff });
        return c.json({ data: report }, 201);
      } catch (error) {
        throw error instanceof BlobSizeError ? Problem.of('INVALID_REQUEST', { cause: error }) : error;
      } finally {
        await runtime.ports.blobs.delete([key]);
      }
    })
    .post('/api/sites/:id/clone', staff, async c => {
      const body = await readValid(c.req.raw, cloneBody);
      const {
        deletedAt: _deletedAt,
        createdAt,
        ...row
      } = await cloneSite(deps, c.get('session'), c.req.param('id'), body);
      return c.json({ data: { ...row, createdAt: new Date(createdAt).toISOString() } }, 201);
    });
}

/** Where the reader breaks off and nobody drops it, the sweep of copies does. */
async function copyOf(
  deps: PortabilityDeps,
  clientId: string,
  withCounts: boolean,
  snapshot?: SnapshotRow,
): Promise<StoreCopy> {
  const { control, runtime } = deps;
  const { clock, databases } = runtime.ports;
  // It stays as it is, and is kept.
  if (snapshot) return { name: snapshot.name, at: snapshot.createdAt, drop: async () => {} };
  const copy = await takeSnapshot({ db: control.db, clock, databases, vouch: control.vouch }, clientId, 'export');
  const counts = withCounts ? await copyOfCounts(deps, clientId) : undefined;
  return { name: copy.name, at: copy.createdAt, counts, drop: () => dropSnapshot({ db: control.db, databases }, copy) };
}

/** As the other cookie routes, for a body that is an archive: no form can send that type either, nor our Origin. */
const archiveGuard = ({ control }: PortabilityDeps) =>
  createMiddleware(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    const origin = c.req.header('origin');
    if (origin === undefined || (origin !== control.config.publicUrl && origin !== new URL(c.req.url).origin)) {
      throw Problem.of('ORIGIN_NOT_ALLOWED');
    }
    if (c.req.header('content-type')?.toLowerCase() !== 'application/zip') {
      throw Problem.of('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send application/zip.' });
    }
    const secret = readSessionCookie(c);
    const session = secret === undefined ? undefined : await findSession({ db: control.db, ...control.ports }, secret);
    if (!session) throw Problem.of('UNAUTHENTICATED');
    if (session.role !== 'owner' && session.role !== 'admin') throw Problem.of('FORBIDDEN');
    c.set('session', session);
    await next();
  });
