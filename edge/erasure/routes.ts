/** Forgetting: one person of a client, or a whole deleted client. */
import { and, eq, isNotNull } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { ErasurePreview } from '../../schemas/protocol/index.ts';
import { auditRow } from '../account/audit-trail.ts';
import * as fields from '../account/fields.ts';
import { guards } from '../account/guards.ts';
import { findClient, idOf } from '../account/scope.ts';
import { client, snapshot } from '../control/schema.ts';
import type { Shape } from '../engine/store/shape.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import type { PortabilityDeps } from '../portability/deps.ts';
import { dropSnapshotsOf } from '../versions/snapshots.ts';
import { erasePerson } from './erase-person.ts';
import { previewErasure } from './preview-erasure.ts';
import { purgeClient } from './purge-client.ts';
import { storedEntities } from './stored-entities.ts';
import { suppressStatement } from './suppression.ts';

const sought = z
  .strictObject({ person: fields.id.optional(), email: fields.email.optional(), dryRun: z.boolean().optional() })
  .refine(({ person, email }) => person !== undefined || email !== undefined, 'Give a person or an e-mail.');
const purge = z.strictObject({ confirm: z.string().max(200) });

export function erasureRoutes(deps: PortabilityDeps): Hono<AppEnv> {
  const { control, runtime, tenants } = deps;
  const { db, ports } = control;
  const { admin } = guards(control);

  return new Hono<AppEnv>()
    .post('/api/clients/:id/erase-person', admin, async c => {
      const session = c.get('session');
      const { id } = await findClient(control, session, c.req.param('id'));
      const { dryRun = false, ...who } = await readValid(c.req.raw, sought);
      const tenant = await tenants.byClient(id);
      if (!tenant) throw Problem.of('NOT_FOUND');
      const entities = (shape: Shape) => storedEntities(db, tenant, shape);
      if (dryRun) {
        const found = await previewErasure(runtime, tenant, who, { entities });
        const copies = await db.$count(snapshot, eq(snapshot.clientId, id));
        return c.json({ data: { ...found, snapshots: copies } satisfies ErasurePreview });
      }
      let snapshots = 0;
      const proof = await erasePerson(runtime, tenant, who, {
        entities,
        // A copy from before would bring the person back.
        before: async () => {
          snapshots = await dropSnapshotsOf({ db, databases: runtime.ports.databases }, id);
        },
      });
      const now = ports.clock.now();
      await db.batch([
        auditRow(control, session, {
          action: 'client.erase-person',
          subjectId: id,
          clientId: id,
          diff: { proof: proof.hash, records: proof.records.length, compacted: proof.compacted, snapshots },
        }),
        ...proof.suppressed.map(hash => suppressStatement(db, id, hash, now)),
      ]);
      return c.json({ data: proof });
    })
    .post('/api/clients/:id/purge', admin, async c => {
      const session = c.get('session');
      const id = idOf(c.req.param('id'));
      const own = and(eq(client.id, id), eq(client.agencyId, session.agency.id), isNotNull(client.deletedAt));
      const found = await db.select({ name: client.name }).from(client).where(own).get();
      if (!found) throw Problem.of('NOT_FOUND');
      const { confirm } = await readValid(c.req.raw, purge);
      if (confirm !== found.name) {
        const errors = [{ pointer: '/confirm', code: 'MISMATCH', message: "Write the client's name." }];
        throw Problem.of('VALIDATION_FAILED', { errors });
      }
      await purgeClient(deps, id);
      await auditRow(control, session, { action: 'client.purge', subjectId: id, clientId: id });
      return c.body(null, 204);
    });
}
