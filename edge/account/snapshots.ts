/** /api/clients/:id/snapshots: copies of a client's store, made, listed, deleted and gone back to. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Snapshot } from '../../schemas/protocol/index.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import {
  askedFor,
  dropSnapshot,
  findSnapshot,
  listSnapshots,
  refuseTooMany,
  restoreSnapshot,
  type SnapshotRow,
  takeSnapshot,
} from '../versions/snapshots.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';
import { wholeList } from './page.ts';
import { findClient, idOf } from './scope.ts';

const empty = z.strictObject({});

export function snapshotRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, vouch } = deps;
  const { admin } = guards(deps);
  const storage = { db, clock: ports.clock, databases: ports.databases, vouch };

  return new Hono<AppEnv>()
    .get('/api/clients/:id/snapshots', admin, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      return c.json(wholeList((await listSnapshots(db, id)).map(snapshotJson)));
    })
    .post('/api/clients/:id/snapshots', admin, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      await readValid(c.req.raw, empty);
      await refuseTooMany(db, clientId);
      const row = await takeSnapshot(storage, clientId, askedFor);
      await auditRow(deps, session, { action: 'snapshot.create', subjectId: row.id, clientId });
      return c.json({ data: snapshotJson(row) }, 201);
    })
    .post('/api/clients/:id/snapshots/:snapshotId/restore', admin, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      await readValid(c.req.raw, empty);
      const { id, createdAt } = await findSnapshot(db, clientId, idOf(c.req.param('snapshotId')));
      const happening = {
        action: 'snapshot.restore',
        subjectId: id,
        clientId,
        diff: { of: instant(createdAt) },
      } as const;
      await restoreSnapshot(storage, clientId, id, [auditRow(deps, session, happening)]);
      await deps.onTenantChange(clientId);
      return c.body(null, 204);
    })
    .delete('/api/clients/:id/snapshots/:snapshotId', admin, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const row = await findSnapshot(db, clientId, idOf(c.req.param('snapshotId')));
      await dropSnapshot(storage, row);
      await auditRow(deps, session, { action: 'snapshot.delete', subjectId: row.id, clientId });
      return c.body(null, 204);
    });
}

const snapshotJson = ({ id, reason, createdAt, expiresAt }: SnapshotRow): Snapshot => ({
  id,
  reason,
  createdAt: instant(createdAt),
  expiresAt: instant(expiresAt),
});
