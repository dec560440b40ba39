/** Updates at the desk against a real host: agreement to what grows, staying, going back, uninstalling and installing again. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../edge/adapters/clock.ts';
import { openControl } from '../../edge/control/database.ts';
import { publishVersion } from '../../edge/versions/publish.ts';
import { laterVersion } from '../../edge/versions/testing.ts';
import type { Client, Installation, Site } from '../../schemas/protocol/index.ts';
import { booking } from '../../widgets/booking/module.ts';
import { type Complaints, openContext, signInTo, startBrowser } from '../support/browser.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

const [major, minor] = booking.version.split('.').map(Number);
const version = `${major}.${minor! + 1}.0`;
const wider = laterVersion(booking, version, ({ entities: { service, ...others } }) => ({
  egress: ['mail.example.com'],
  entities: {
    ...others,
    service: { ...service!, access: { ...service!.access, customer: { read: { fields: ['name'] } } } },
  },
}));

describe('versions of modules at the desk', () => {
  let world: DemoWorld;
  let browser: Browser;
  let page: Page;
  let complaints: Complaints;
  let installations: string;
  before(async () => {
    world = await startDemoWorld();
    const { db } = openControl({ databases: world.host.databases, clock: systemClock });
    await publishVersion({ db, clock: systemClock }, wider, null);
    const client = (await world.api.get<Client[]>('/api/clients')).find(({ name }) => name !== 'Hudson Dental')!;
    installations = `/api/clients/${client.id}/installations`;
    browser = await startBrowser();
    const opened = await openContext(browser);
    complaints = opened.complaints;
    page = await opened.context.newPage();
    await signInTo(page, world.host.url, world.demo, complaints);
    await page.goto(`${world.host.url}/clients/${client.id}/modules`);
  });
  after(async () => {
    await browser?.close();
    await world?.host.stop();
  });
  const inUse = async () =>
    (await world.api.get<Installation[]>(installations)).find(({ module }) => module === 'booking');

  it('an update is done once somebody has agreed to what grows', async () => {
    await page.getByRole('button', { name: 'Version Booking' }).click();
    await page.getByText('Customers may see services: name').waitFor();
    await page.getByText('It may send data to mail.example.com').waitFor();
    const update = page.getByRole('button', { name: `Update to ${version}` });
    await update.click();
    await page.getByText('Say that you agree').waitFor();
    assert.equal((await inUse())!.version, booking.version);
    await page.getByLabel('I agree that Booking may do this.').check();
    await update.click();
    await page.getByText(`Booking is at ${version}`).waitFor();
    assert.equal((await inUse())!.version, version);
    await page.getByText(`${version} is the newest version of Booking.`).waitFor();
  });

  it('it stays where it is, and goes back', async () => {
    await page.getByRole('switch', { name: `Stay at ${version}` }).check();
    await page.getByRole('status').getByText(`Booking stays at ${version}`).waitFor();
    assert.equal((await inUse())!.pinned, true);
    await page.getByRole('switch').uncheck();
    await page.getByText('Booking takes updates again').waitFor();
    await page.getByRole('button', { name: `Go back to ${booking.version}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Everybody uses').waitFor();
    await dialog.getByRole('button', { name: `Go back to ${booking.version}` }).click();
    await page.getByText(`Booking is back at ${booking.version}`).waitFor();
    assert.equal((await inUse())!.version, booking.version);
  });

  it('a module that is installed again says what it may do, and has its records back', async () => {
    // What a site shows is not uninstalled from under it.
    for (const { id } of await world.api.get<Site[]>(installations.replace('installations', 'sites'))) {
      await world.api.send(`/api/sites/${id}/modules/booking`, { method: 'PUT', body: { enabled: false } });
    }
    await page.getByRole('button', { name: 'Uninstall Booking' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Uninstall' }).click();
    await page.getByRole('button', { name: 'Install Booking', exact: true }).click();
    await page.getByRole('heading', { name: 'What Booking may do' }).waitFor();
    await page.getByText('Visitors of the website may use').first().waitFor();
    await page.getByRole('button', { name: `Install ${booking.version}` }).click();
    await page.getByText('Booking is installed').waitFor();
    assert.ok((await world.salon.data<unknown[]>('booking/v1/service')).length > 0);
  });

  it('fits a phone, and complains of nothing', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Version Booking' }).click();
    await page.getByText('It may send data to mail.example.com').waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
    assert.deepEqual(complaints.found, []);
  });
});
