/** /api/clients/:id/installations/:module/contract: what earlier versions left in the store, shown, and taken away when a person says so. */
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Contraction, ContractPlan } from '../../schemas/protocol/index.ts';
import { isRefusedBy } from '../control/failures.ts';
import { contraction } from '../control/schema.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import {
  type ContractionRow,
  contractionOf,
  lastContraction,
  planContract,
  runContraction,
} from '../versions/contract.ts';
import { auditRow } from './audit-trail.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import type { InstallationRow } from './install-plan.ts';
import { findInstallation, fromStore, refuseQuarantined } from './installation-versions.ts';
import { instant } from './json.ts';
import { findClient } from './scope.ts';

/** The whole list as it was shown, so that nobody lets go of what they have not seen. */
const agreed = z.strictObject({ parts: z.array(z.string().max(100)).min(1).max(1000) });

export function contractRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { db, ports, versions, vouch } = deps;
  const { admin, staff } = guards(deps);
  const base = '/api/clients/:id/installations/:module/contract' as const;
  const engine = { db, clock: ports.clock, databases: ports.databases, versions, vouch };
  const planOf = (row: InstallationRow) => fromStore(row.module, row.version, () => planContract(engine, row));

  return new Hono<AppEnv>()
    .get(base, staff, async c => {
      const { id } = await findClient(deps, c.get('session'), c.req.param('id'));
      const row = await findInstallation(deps, id, c.req.param('module'));
      const { parts, blockers } = await planOf(row);
      const last = await lastContraction(deps, id, row.module);
      const data: ContractPlan = {
        version: row.version,
        parts: parts.map(({ name, label, last: had, rows, emptied, announced }) => ({
          name,
          label,
          last: had,
          rows,
          emptied,
          announced,
        })),
        blockers,
        last: last ? contractionJson(last) : null,
      };
      return c.json({ data });
    })
    .post(base, admin, async c => {
      const session = c.get('session');
      const { id: clientId } = await findClient(deps, session, c.req.param('id'));
      const row = await findInstallation(deps, clientId, c.req.param('module'));
      const given = [...new Set((await readValid(c.req.raw, agreed)).parts)].sort();
      await refuseQuarantined(deps, clientId);
      const { parts, blockers } = await planOf(row);
      if (blockers.length > 0) throw Problem.of('CONFLICT', { detail: blockers.map(({ text }) => text).join(' ') });
      const names = [...new Set(parts.map(({ name }) => name))].sort();
      if (JSON.stringify(given) !== JSON.stringify(names)) {
        const detail =
          names.length > 0 ? `What would go is ${names.join(', ')}. Send that list.` : 'There is nothing to take away.';
        throw Problem.of('CONFLICT', { detail });
      }
      const started = contractionOf(engine, row, names);
      const { id, module, version } = started;
      try {
        await db.batch([
          db.insert(contraction).values(started),
          auditRow(deps, session, {
            action: 'installation.contract',
            subjectId: module,
            clientId,
            diff: { contraction: id, version, parts: names },
          }),
        ]);
      } catch (error) {
        if (!isRefusedBy(error, 'contraction.')) throw error;
        throw Problem.of('CONFLICT', { detail: `Parts of ${module} are being taken away already.`, cause: error });
      }
      ports.scheduler.defer(() => runContraction(engine, id));
      return c.json({ data: contractionJson(started) }, 202);
    });
}

const contractionJson = ({
  id,
  version,
  parts,
  snapshotId,
  state,
  error,
  createdAt,
  updatedAt,
}: ContractionRow): Contraction => ({
  id,
  version,
  parts,
  snapshotId,
  state,
  error,
  createdAt: instant(createdAt),
  updatedAt: instant(updatedAt),
});
