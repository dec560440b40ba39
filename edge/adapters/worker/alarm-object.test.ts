import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestHarness, type TestHarness } from 'wrangler';

/** What a Worker's entry is exported as. */
const entry = 'default';

/** An object that counts its rings and fails the first, and a Worker that sets its alarm and reads the count. */
const probe = (object: string) => `import { AlarmObject } from ${JSON.stringify(object)};
export class Probe extends AlarmObject {
  async ring(key) {
    const rings = [...((await this.ctx.storage.get('rings')) ?? []), key];
    await this.ctx.storage.put('rings', rings);
    if (rings.length === 1) throw new Error('the first ring fails');
  }
  async rings() { return (await this.ctx.storage.get('rings')) ?? []; }
}
const worker = {
  async fetch(request, env) {
    const object = env.ALARMS.getByName('store');
    const inMs = new URL(request.url).searchParams.get('in');
    if (inMs) await object.wakeAt('store', Date.now() + Number(inMs));
    return Response.json(await object.rings());
  },
};
export { worker as ${entry} };`;

describe('AlarmObject in workerd', () => {
  let server: TestHarness;
  let folder: string;

  before(async () => {
    process.env['WRANGLER_SEND_METRICS'] = 'false';
    process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
    folder = mkdtempSync(join(tmpdir(), 'inlay-alarm-'));
    const main = join(folder, 'probe.js');
    writeFileSync(main, probe(join(import.meta.dirname, 'alarm-object.ts')));
    const bindings = [{ name: 'ALARMS', class_name: 'Probe' }];
    const migrations = [{ tag: 'v1', new_sqlite_classes: ['Probe'] }];
    const config = { name: 'probe', main, compatibility_date: '2026-11-01', durable_objects: { bindings }, migrations };
    server = createTestHarness({ root: folder, workers: [{ config }] });
    await server.listen();
  });

  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (query = ''): Promise<string[]> => {
    const response = await server.fetch(`http://probe.test/${query}`);
    return (await response.json()) as string[];
  };

  it('rings at the earliest time asked for, without a request, and again where a ring failed', async () => {
    await ask('?in=600000');
    await ask('?in=300');
    assert.deepEqual(await ask('?in=900000'), []);
    let rings: string[] = [];
    for (let wait = 0; wait < 200 && rings.length < 2; wait++) {
      await sleep(50);
      rings = await ask();
    }
    assert.deepEqual(rings, ['store', 'store']);
    await sleep(500);
    assert.equal((await ask()).length, 2);
  });
});
