/** What an agency owes its clients, at the desk against a real host: a person forgotten, leftovers taken away, updates followed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { and, eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../edge/adapters/clock.ts';
import { type ControlDatabase, openControl } from '../../edge/control/database.ts';
import { installation, rollout, rolloutStore, store } from '../../edge/control/schema.ts';
import { cohortOf } from '../../edge/versions/cohorts.ts';
import { publishVersion } from '../../edge/versions/publish.ts';
import { laterVersion } from '../../edge/versions/testing.ts';
import type { Client, ErasurePreview, Installation, Snapshot } from '../../schemas/protocol/index.ts';
import { party } from '../../widgets/party/module.ts';
import { type Complaints, openContext, signInTo, startBrowser } from '../support/browser.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

const text = { kind: 'text', required: false } as const;
const withHobby = laterVersion(party, '1.80.0', ({ entities: { person, ...others } }) => ({
  entities: { ...others, person: { ...person!, fields: { ...person!.fields, hobby: { ...text, label: 'Hobby' } } } },
}));
const without = laterVersion(party, '1.90.0', () => ({}));
const canary = { name: 'Eva Zzyzx', email: 'eva.zzyzx@mail.example', phone: '+420601999888' };

describe('duties of an agency at the desk', () => {
  let world: DemoWorld;
  let browser: Browser;
  let page: Page;
  let complaints: Complaints;
  let salon: Client;
  let db: ControlDatabase;
  before(async () => {
    world = await startDemoWorld();
    ({ db } = openControl({ databases: world.host.databases, clock: systemClock }));
    salon = (await world.api.get<Client[]>('/api/clients')).find(({ name }) => name !== 'Hudson Dental')!;
    browser = await startBrowser();
    const opened = await openContext(browser);
    complaints = opened.complaints;
    page = await opened.context.newPage();
    await signInTo(page, world.host.url, world.demo, complaints);
  });
  after(async () => {
    await browser?.close();
    await world?.host.stop();
  });
  const shot = async (name: string) => {
    const folder = process.env['SHOTS'];
    if (!folder) return;
    for (const [width, height] of [
      [390, 844],
      [1280, 800],
    ] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(400);
        await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  it('a person is shown, erased once the address is written again, and the receipt proves it', async () => {
    const [service] = await world.salon.data<{ id: string }[]>('booking/v1/service?page[size]=1');
    const [start] = await world.salon.slots(service!.id);
    await world.salon.action('book', { service: service!.id, start, ...canary });
    await world.api.send(`/api/clients/${salon.id}/snapshots`, { body: {} });
    await page.goto(`${world.host.url}/clients/${salon.id}/data`);
    const who = page.getByLabel('E-mail address, or the link of their record');
    const look = page.getByRole('button', { name: 'See what is kept' });
    await who.fill('nobody@mail.example');
    await look.press('Enter');
    await page.getByText('Nothing is kept about this person.').waitFor();
    await shot('erase-nothing');
    await who.fill(canary.email);
    await who.press('Enter');
    await page.getByRole('heading', { name: 'This is taken out' }).waitFor();
    await page.getByText('People: 1 person').waitFor();
    await page.getByText('1 copy of all records, because').waitFor();
    await shot('erase-found');
    const again = page.getByLabel(`Write ${canary.email} to erase this person`);
    await again.fill('eva@mail.example');
    await again.press('Enter');
    await page.getByText('This is not what is asked for.').waitFor();
    assert.ok((await world.salon.data<unknown[]>('party/v1/person?q=zzyzx')).length === 1);
    await again.fill(canary.email);
    await again.press('Enter');
    await page.getByRole('heading', { name: 'The person is erased' }).waitFor();
    await shot('erase-done');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Keep the receipt' }).click(),
    ]);
    const receipt = await readFile(await download.path(), 'utf8');
    assert.doesNotMatch(receipt, /zzyzx|601999888/i);
    const proof = receipt.trimEnd().split('\n').at(-1)!;
    const hash = createHash('sha256').update(proof).digest('hex');
    assert.ok(receipt.includes(`(SHA-256 of the last line): ${hash}`), receipt);
    assert.ok(JSON.stringify(await world.api.get(`/api/audit?clientId=${salon.id}`)).includes(hash));
    assert.doesNotMatch(JSON.stringify(await world.api.get('/api/audit')), /zzyzx/i);
    const stored = await page.evaluate(() =>
      JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state]),
    );
    assert.doesNotMatch(stored, /zzyzx/i);
    assert.deepEqual(await world.salon.data('party/v1/person?q=zzyzx'), []);
    const body = { email: canary.email, dryRun: true };
    const left = await world.api.send<ErasurePreview>(`/api/clients/${salon.id}/erase-person`, { body });
    assert.deepEqual([left.records, left.snapshots], [[], 0]);
  });

  it('what an earlier version left is taken away once the way back is given up, and a copy was made', async () => {
    const at = `/api/clients/${salon.id}/installations`;
    for (const manifest of [withHobby, without]) {
      await publishVersion({ db, clock: systemClock }, manifest, null);
      await world.api.send(`${at}/party/upgrade`, { body: { version: manifest.version } });
    }
    // The last pass over the rows waits for the sweep behind ten seconds.
    const own = and(eq(installation.clientId, salon.id), eq(installation.module, 'party'));
    await db.update(installation).set({ settlesAt: null }).where(own);
    await page.goto(`${world.host.url}/clients/${salon.id}/modules`);
    await page.getByRole('button', { name: 'Version People' }).click();
    await page.getByText('Person: hobby').waitFor();
    await page.getByText('Going back to 1.80.0 needs them').waitFor();
    await shot('leftover-blocked');
    await page.getByRole('button', { name: 'Give up going back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give up going back' }).click();
    await page.getByRole('button', { name: 'Take them away' }).waitFor();
    await shot('leftover-parts');
    await page.getByRole('button', { name: 'Take them away' }).click();
    await page.getByRole('dialog').getByText('Person: hobby').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Take them away' }).click();
    await page.getByText('Taken away').waitFor();
    await shot('leftover-done');
    assert.equal((await world.api.get<Snapshot[]>(`/api/clients/${salon.id}/snapshots`)).length, 1);
    assert.equal(
      (await world.api.get<Installation[]>(at)).find(({ module }) => module === 'party')!.previousVersion,
      null,
    );
  });

  it('an update that stopped says where, and which of the clients were left out', async () => {
    const now = Date.now();
    const base = { module: 'party', version: '1.90.0', maxErrorRate: 0.05, createdAt: now, updatedAt: now };
    await db
      .insert(rollout)
      .values({ ...base, id: 'r-e2e', state: 'stopped', reason: '2 of 9 stores failed in cohort 3' });
    const stores = await db.select().from(store);
    for (const [index, { id: storeId, clientId }] of stores.entries()) {
      const progress =
        index === 0 ? { state: 'failed', error: 'no such column: hobby' } : { state: 'done', error: null };
      const place = { ...cohortOf(storeId), fromVersion: '1.80.0', at: now };
      await db
        .insert(rolloutStore)
        .values({ rolloutId: 'r-e2e', storeId, clientId, ...place, ...(progress as { state: 'done'; error: null }) });
    }
    await page.goto(`${world.host.url}/updates`);
    await page.getByText('Stopped', { exact: true }).waitFor();
    await page.getByText('failed for too many clients').waitFor();
    await page.getByText(`${stores.length - 1} of ${stores.length} clients have it`).waitFor();
    await page.getByText('1 client was left out').click();
    await page.getByText('no such column: hobby').waitFor();
    await shot('updates');
  });

  it('fits a phone, and complains of nothing', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/updates', `/clients/${salon.id}/data`, `/clients/${salon.id}/modules`]) {
      await page.goto(`${world.host.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, path);
    }
    assert.deepEqual(complaints.found, []);
  });
});
