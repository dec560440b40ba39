import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openContext, signInTo } from '../support/browser.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';
import { bringJudge, judge } from './embed-proof/axe.ts';
import { notedIn, watchPage } from './watch-page.ts';

const visitor = 'Jana Testová';
const question = 'Could I come on Friday after five?';
const answer = 'Yes, at half past five. Shall I book you in?';
const aside = 'She was late twice, remind her';

describe('a talk, from the foreign page to the desk and back', () => {
  let world: DemoInBrowser;
  before(async () => {
    world = await startDemoInBrowser();
  });
  after(() => world?.stop());

  /** A page at the salon's own origin, under the policy that docs/embed.md asks for. */
  async function openForeign() {
    const { context, complaints } = await openContext(world.browser);
    const url = `${world.demo.embedOrigin}/ours`;
    const { siteKey } = world.demo.sites.find(({ client }) => client === "Rosa's Salon")!;
    await context.addInitScript(watchPage);
    await bringJudge(context);
    await context.route(url, route =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${world.host.url}; connect-src ${world.host.url}; require-trusted-types-for 'script'`,
        },
        body: `<!doctype html><html lang="en"><head><title>Salon</title></head><body><main><h1>Salon</h1><p>before</p><script async src="${world.host.url}/embed/${siteKey}.js"></script><inlay-chat mode="float"></inlay-chat><p>after</p></main></body></html>`,
      }),
    );
    const page = await context.newPage();
    await page.goto(url);
    return { page, complaints };
  }

  const stored = (page: Page) =>
    page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
    }));
  const nothing = { local: [], session: [], cookies: '', databases: 0 };

  async function openInbox(page: Page): Promise<Locator> {
    await page
      .getByRole('link', { name: /Rosa's Salon/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Inbox' }).click();
    return page.locator('inlay-chat-inbox');
  }

  it('is asked, taken, answered, seen, gone on with after a reload, resolved and rated', async () => {
    const { page, complaints } = await openForeign();
    const panel = page.locator('inlay-chat');
    const launcher = page.getByRole('button', { name: 'Chat with us' });
    await launcher.click();
    await page.getByRole('dialog').waitFor();
    await panel.getByText('Hello! Ask us anything about your hair.').waitFor();
    const writing = panel.getByRole('textbox', { name: 'Write a message' });
    await writing.fill(question);
    assert.deepEqual(await stored(page), nothing, 'kept before anything was sent');
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
    await panel.getByRole('textbox', { name: 'Name' }).fill(visitor);
    assert.deepEqual(await stored(page), nothing, 'kept before anything was sent');
    await panel.getByRole('button', { name: 'Send message' }).click();
    await panel.getByText('Sent', { exact: true }).waitFor();
    assert.deepEqual(await stored(page), { ...nothing, local: ['inlay-chat'] });
    assert.deepEqual(await judge(page.mainFrame(), 'inlay-chat'), []);

    const desk = await openContext(world.browser);
    const office = await desk.context.newPage();
    await bringJudge(office);
    await signInTo(office, world.host.url, world.demo, desk.complaints);
    const inbox = await openInbox(office);
    const line = inbox.getByRole('button', { name: new RegExp(visitor) });
    await line.waitFor();
    assert.match(await line.innerText(), /Could I come on Friday/);
    await inbox.getByRole('button', { name: /^Unassigned/ }).click();
    await line.click();
    await inbox.getByRole('button', { name: 'Take it' }).click();
    await inbox.locator('.talk-bar').getByText('Answered by').waitFor();
    await panel.getByText('Seen', { exact: true }).waitFor();

    await inbox.getByRole('button', { name: 'Note', exact: true }).click();
    await inbox.locator('.composer textarea').fill(aside);
    await inbox.locator('.composer textarea').press('Enter');
    await inbox.locator('.said.note').getByText(aside).waitFor();
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click();
    // Whoever writes is told sooner than who waits.
    await writing.fill('Or on');
    await inbox.locator('.composer textarea').fill(answer);
    await panel.getByRole('img', { name: /is writing/ }).waitFor();
    await inbox.locator('.composer textarea').press('Enter');
    await panel.locator('.group.agent').getByText(answer).waitFor();
    assert.equal(await panel.getByText(aside).count(), 0);
    await inbox.locator('.said.agent').getByText('Seen').waitFor();
    assert.deepEqual(await judge(office.mainFrame(), 'html'), []);

    assert.deepEqual(await notedIn(page), { moved: [], violations: [] });
    await page.reload();
    await launcher.waitFor();
    await launcher.click();
    await panel.getByText(question).waitFor();
    await panel.getByText(answer).waitFor();
    await writing.fill('Please do.');
    await writing.press('Enter');
    await inbox.locator('.said.visitor').getByText('Please do.').waitFor();
    assert.equal(await panel.getByText(aside).count(), 0);

    await inbox.getByRole('button', { name: 'Resolve', exact: true }).click();
    await panel.locator('.log').getByText('How did we do?').waitFor();
    await panel.getByRole('radio', { name: '5 stars' }).check({ force: true });
    await panel.getByRole('button', { name: 'Send rating' }).click();
    await panel.locator('.log').getByText('Thank you for telling us.').waitFor();
    await inbox.getByRole('button', { name: 'About the visitor' }).click();
    await inbox.locator('.visitor-pane').getByText('5 of 5 stars').waitFor();

    assert.deepEqual(await notedIn(page), { moved: [], violations: [] });
    assert.deepEqual([complaints.found, desk.complaints.found], [[], []]);
  });
});
