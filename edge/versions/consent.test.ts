import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eq } from 'drizzle-orm';
import { entity, f } from '../../schemas/module/index.ts';
import { installation, rolloutStore } from '../control/schema.ts';
import { testModule } from '../engine/testing-module.ts';
import { publishVersion } from './publish.ts';
import { runRollout, startRollout } from './rollout.ts';
import { createFleet, laterVersion } from './testing.ts';

const desk = testModule({
  id: 'inlay.desk',
  entities: { note: entity({ label: 'Note', fields: { text: f.text() }, access: {} }) },
});

test('a version that may do more outside itself waits for somebody to agree, the next one without does not', async t => {
  const fleet = await createFleet({ desk: { manifest: async () => ({ desk }) } }, 'desk', 1, () => []);
  t.after(() => fleet.close());
  const { deps } = fleet;
  const later = (version: string, egress: readonly string[]) => laterVersion(desk, version, () => ({ egress }));
  const { warnings } = await publishVersion(deps, later('1.1.0', ['mail.example.com']), null);
  assert.deepEqual(
    warnings.map(({ code, message }) => [code, message]),
    [['grown_scope', 'New in 1.1.0: reach mail.example.com.']],
  );
  const versionAfter = async (version: string) => {
    await runRollout(deps, await startRollout(deps, { module: 'desk', version }));
    return (await deps.db.select().from(installation).where(eq(installation.module, 'desk')).get())!.version;
  };
  assert.equal(await versionAfter('1.1.0'), '1.0.0');
  const [skipped] = await deps.db.select().from(rolloutStore);
  assert.match(skipped!.error!, /^skipped: it would reach mail\.example\.com, which somebody has to agree to$/);
  await publishVersion(deps, later('1.2.0', []), null);
  assert.equal(await versionAfter('1.2.0'), '1.2.0');
});
