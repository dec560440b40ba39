import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import ICAL from 'ical.js';
import type { Page } from 'playwright-core';
import { openContext } from '../support/browser.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';
import { notedIn, watchPage } from './watch-page.ts';

const guest = { name: 'Jana Testová', email: 'jana.testova@mail.example' };

describe('first booking, from the foreign page to the desk and back', () => {
  let world: DemoInBrowser;
  before(async () => {
    world = await startDemoInBrowser();
  });
  after(() => world?.stop());

  const salonPage = () => world.demo.sites.find(site => site.client === "Rosa's Salon")!.pageUrl;

  /** Opens the times of the beard trim, which one person alone offers. */
  async function chooseService(page: Page, search = ''): Promise<void> {
    await page.goto(`${salonPage()}${search}`);
    await page
      .locator('inlay-booking')
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await page.locator('inlay-booking').getByRole('heading', { name: 'When suits you?' }).waitFor();
  }

  /** Day and time of the first free start, as the widget names them. */
  async function firstFree(page: Page): Promise<{ day: string; time: string }> {
    const widget = page.locator('inlay-booking');
    const time = widget.getByRole('button', { name: /^\d{1,2}:\d\d/ }).first();
    await time.waitFor();
    const heading = await widget.getByRole('heading', { level: 3 }).last().innerText();
    return { day: heading, time: await time.innerText() };
  }

  it('books, shows at the desk, sends a mail with a valid calendar file, takes the time, and frees it on cancelling', async () => {
    const { context, complaints } = await openContext(world.browser);
    const page = await context.newPage();
    await page.addInitScript(watchPage);
    const confirmed: unknown[] = [];
    await page.exposeFunction('report', (detail: unknown) => confirmed.push(detail));
    await page.addInitScript(() => {
      document.addEventListener('inlay:booking-confirmed', event =>
        (window as unknown as { report(detail: unknown): void }).report((event as CustomEvent).detail),
      );
    });

    await chooseService(page, '?utm_source=letter&utm_medium=e-mail&utm_campaign=Spring%20sale');
    const chosen = await firstFree(page);
    const widget = page.locator('inlay-booking');
    await widget.getByRole('button', { name: chosen.time, exact: true }).first().click();
    await widget.getByRole('textbox', { name: 'Name' }).fill(guest.name);
    await widget.getByRole('textbox', { name: 'E-mail' }).fill(guest.email);
    await widget.getByRole('button', { name: /^Book / }).click();
    await widget.getByRole('heading', { name: 'You are booked' }).waitFor();
    assert.equal(confirmed.length, 1);
    const booking = confirmed[0] as { id: string; start: string };

    assert.deepEqual(await notedIn(page), { moved: [], violations: [] });
    assert.deepEqual(complaints.found, []);

    const [mail] = await until(
      () => world.mailsTo(guest.email),
      mails => mails.length > 0,
    );
    const invite = mail!.attachments!.find(file => file.filename.endsWith('.ics'))!;
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(invite.content)).getFirstSubcomponent('vevent')!);
    assert.equal(event.startDate.toJSDate().toISOString(), new Date(booking.start).toISOString());
    assert.ok(event.uid.includes(booking.id));

    const desk = await (await openContext(world.browser)).context.newPage();
    await desk.goto(`${world.demo.dashboardUrl}/signin`);
    await desk.getByLabel('E-mail').fill(world.demo.email);
    await desk.getByLabel('Password', { exact: true }).fill(world.demo.password);
    await desk.getByRole('button', { name: 'Sign in' }).click();
    await desk
      .getByRole('link', { name: /Rosa's Salon/ })
      .first()
      .click();
    await desk.waitForURL(/\/clients\/[^/]+/);
    const clientPath = /\/clients\/[^/]+/.exec(desk.url())![0];
    await desk.goto(`${world.demo.dashboardUrl}${clientPath}/m/booking/booking`);
    await desk.getByText(guest.name).first().waitFor();
    await desk.goto(`${world.demo.dashboardUrl}${clientPath}/m/booking/booking/${booking.id}`);
    const facts = desk.locator('dl.facts');
    await facts.getByText('Spring sale', { exact: true }).waitFor();
    assert.match(
      await facts.innerText(),
      /Campaign\s+Spring sale\s+Campaign source\s+letter\s+Campaign medium\s+e-mail/,
    );
    assert.doesNotMatch(await facts.innerText(), /Campaign term/);

    const next = await (await openContext(world.browser)).context.newPage();
    await chooseService(next);
    const offered = await firstFree(next);
    assert.notDeepEqual(offered, chosen, 'the next visitor is offered the same time');

    const link = /http\S+#\S+/.exec(mail!.text)![0];
    const manage = await context.newPage();
    await manage.goto(link);
    const card = manage.locator('inlay-booking-manage');
    await card.getByRole('button', { name: 'Cancel the booking' }).click();
    await card
      .getByRole('button', { name: /cancel/i })
      .first()
      .click();
    await card
      .getByText(/cancelled/i)
      .first()
      .waitFor();

    await chooseService(next);
    assert.deepEqual(await firstFree(next), chosen, 'the cancelled time is free again');
    const mails = await until(
      () => world.mailsTo(guest.email),
      found => found.length > 1,
    );
    const cancelled = mails
      .flatMap(entry => entry.attachments ?? [])
      .find(file => file.content.includes('METHOD:CANCEL'));
    assert.ok(cancelled?.content.includes(booking.id));
    assert.deepEqual(complaints.found, []);
  });
});

async function until<T>(look: () => Promise<T>, enough: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const value = await look();
    if (enough(value)) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen');
}
