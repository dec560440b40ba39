/** /api/agency/updates: whether the agency's clients take new versions by themselves, or wait until it lets them. */
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import type { HeldUpdates } from '../../schemas/protocol/index.ts';
import { agency } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { instant } from './json.ts';

const body = z.strictObject({ held: z.boolean() });

export function heldUpdatesRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports } = deps;
  const { staff, admin } = guards(deps);
  const since = async (id: string): Promise<number | null> => {
    const row = await db.select({ since: agency.updatesHeldAt }).from(agency).where(eq(agency.id, id)).get();
    return row?.since ?? null;
  };

  return new Hono<AppEnv>()
    .get('/api/agency/updates', staff, async c => c.json({ data: json(await since(c.get('session').agency.id)) }))
    .put('/api/agency/updates', admin, async c => {
      const session = c.get('session');
      const { held } = await readValid(c.req.raw, body);
      const { id } = session.agency;
      const before = await since(id);
      if (held === (before !== null)) return c.json({ data: json(before) });
      const updatesHeldAt = held ? ports.clock.now() : null;
      // Going on is the sweeper's work: a rollout with stores that waited is still under way.
      await db.batch([
        db.update(agency).set({ updatesHeldAt }).where(eq(agency.id, id)),
        auditRow(deps, session, { action: held ? 'updates.hold' : 'updates.resume', subjectId: id }),
      ]);
      return c.json({ data: json(updatesHeldAt) });
    });
}

const json = (since: number | null): HeldUpdates => ({
  held: since !== null,
  since: since === null ? null : instant(since),
});
