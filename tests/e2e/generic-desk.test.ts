import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildBrowser } from '../../tools/build.ts';
import { root } from '../../tools/root.ts';
import { type Complaints, openContext, signInTo, startBrowser } from '../support/browser.ts';
import { type RecordsWorld, startRecordsWorld } from '../support/records-world.ts';

type Row = Record<string, unknown> & { id: string };

describe('a module without a screen of its own, at the desk', () => {
  let world: RecordsWorld;
  let browser: Browser;
  let page: Page;
  let complaints: Complaints;
  let project: Row;
  const path = (rest: string) => `${world.host.url}/clients/${world.studio.id}/m/job-board/${rest}`;
  const tasks = (query = '') => world.studio.data<Row[]>(`job-board/v1/task${query}`);

  before(async () => {
    if (!existsSync(join(root, 'dist/public/index.html'))) await buildBrowser();
    world = await startRecordsWorld('job-board');
    browser = await startBrowser();
    const body = { name: 'Garden', budget: { amount: 250_000, currency: 'EUR' } };
    project = await world.studio.data<Row>('job-board/v1/project', { body });
    for (const title of ['Draw the plan', 'Order plants', 'Dig']) {
      await world.studio.data('job-board/v1/task', { body: { title, project: project.id } });
    }
    const opened = await openContext(browser);
    complaints = opened.complaints;
    page = await opened.context.newPage();
    await signInTo(page, world.host.url, world, complaints);
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('list: counts, searches, filters by any field, and keeps that in the address', async () => {
    await page.goto(path('task'));
    await page.getByRole('link', { name: 'Dig' }).waitFor();
    await page.getByText('3 in total').waitFor();
    await page.getByRole('searchbox').fill('plan');
    await page.getByText('2 in total').waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('menuitem', { name: 'Priority' }).click();
    await page.getByRole('button', { name: /^Priority: / }).click();
    await page.getByRole('checkbox', { name: 'High' }).check();
    await page.getByText('No tasks match').waitFor();
    assert.match(decodeURIComponent(page.url()), /filter\.priority=in:high/);
  });

  it('form: says what is missing, finds the project by typing, and creates', async () => {
    await page.goto(path('task/new'));
    await page.getByRole('button', { name: 'Create task' }).click();
    await page.getByText('Fill this in').first().waitFor();
    await page.getByLabel('Title').fill('Water the beds');
    await page.getByRole('combobox', { name: 'Project' }).fill('gar');
    await page.getByRole('option', { name: 'Garden' }).click();
    await page.getByRole('button', { name: 'Create task' }).click();
    await page.getByRole('heading', { level: 1, name: 'Water the beds' }).waitFor();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Created' }).filter({ hasText: 'You' }).waitFor();
    const [made] = await tasks('?q=water');
    assert.deepEqual([made!['project'], made!['status']], [project.id, 'open']);
  });

  it('board: a card is dragged along a step, another moved by keys, and taken back', async () => {
    await page.goto(path('task?view=board'));
    const column = (name: string) => page.getByRole('region', { name, exact: true });
    const card = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });
    await card('Dig').dragTo(column('Doing'));
    await page.getByText('Dig: Doing').waitFor();
    await column('Doing').getByRole('link', { name: 'Dig' }).waitFor();
    assert.equal((await tasks('?q=dig'))[0]!['status'], 'doing');
    await page.getByRole('button', { name: 'Undo' }).click();
    await column('Open').getByRole('link', { name: 'Dig' }).waitFor();

    await page.getByRole('link', { name: 'Order plants' }).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await column('Doing').getByRole('link', { name: 'Order plants' }).waitFor();
    await page.getByText('Order plants: Doing').waitFor();
    await page.waitForFunction(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.textContent === 'Order plants';
    });
    assert.equal((await tasks('?q=order'))[0]!['status'], 'doing');
  });

  it('several at once: deleted, brought back, and seen among the deleted', async () => {
    await page.goto(path('task'));
    for (const name of ['Dig', 'Draw the plan']) await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('2 in total').waitFor();
    await page.getByRole('button', { name: 'Export, import and more' }).click();
    await page.getByRole('menuitem', { name: 'Deleted tasks' }).click();
    await page.getByRole('button', { name: 'Restore Dig' }).click();
    await page.getByText('Dig was restored').waitFor();
    assert.deepEqual(
      (await tasks('?deleted=only')).map(({ title }) => title),
      ['Draw the plan'],
    );
  });

  it('CSV: out as shown, in with a check first, and back', async () => {
    await page.goto(path('task'));
    await page.getByRole('button', { name: 'Export, import and more' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export as CSV' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'job-board-task.csv');

    await page.goto(path('task/import'));
    const csv = `Title,Project,How\nRake,${project.id},low\nBroken,${project.id},sometimes\n`;
    const file = { name: 'tasks.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByLabel('Field of the column How').selectOption('priority');
    await page.getByRole('button', { name: 'Check the file' }).click();
    const wrong = page.getByRole('row').filter({ has: page.getByRole('cell', { name: '2', exact: true }) });
    await wrong.getByText('Priority').waitFor();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('1 row was imported').waitFor();
    assert.equal((await tasks('?q=rake')).length, 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone').waitFor();
    assert.equal((await tasks('?q=rake')).length, 0);
  });

  it('fits a phone, and complains of nothing', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const rest of ['task', 'task?view=board', `project/${project.id}`, 'project/new', 'task/import']) {
      await page.goto(path(rest));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beyond <= 0, `${rest} is ${beyond} px too wide`);
    }
    assert.deepEqual(complaints.found, []);
  });
});
