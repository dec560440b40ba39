import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DueStore, DueStores, LookedInto } from '../control/due-stores.ts';
import type { Tenants } from '../tenant/tenant.ts';
import { createBackground } from './background.ts';
import { createTestEngine } from './testing.ts';

test('a sweep goes on until no store is due, and lets others in between two stores', async t => {
  const engine = createTestEngine({ modules: [], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const waiting = new Map(Array.from({ length: 1_201 }, (_, n) => [`client-${n}`, engine.now - n] as [string, number]));
  const rows = (limit: number): DueStore[] =>
    [...waiting].slice(0, limit).map(([clientId, nextDueAt]) => ({ clientId, nextDueAt }));
  const dueStores = {
    due: async (_: number, limit: number) => rows(limit),
    forgotten: async () => [],
    settle: async (looked: readonly LookedInto[]) => {
      for (const { seen } of looked) waiting.delete(seen.clientId);
    },
    note: async () => {},
  } as DueStores;
  const nobody = { byClient: async () => undefined } as unknown as Tenants;
  const background = createBackground(engine.runtime, nobody, dueStores);
  let turns = 0;
  const neighbour = setInterval(() => turns++, 0);
  await background.sweep();
  clearInterval(neighbour);
  assert.equal(waiting.size, 0);
  assert.ok(turns > 1, 'nobody else had a turn');
});
