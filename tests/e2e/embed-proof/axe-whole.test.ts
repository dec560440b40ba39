import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import { root } from '../../../tools/root.ts';
import { openContext, startBrowser } from '../../support/browser.ts';
import { keptViews, noteViews, viewsOf } from './views.ts';

/** What is drawn on the pages of others: widgets, and of the kit what they are made of. */
const sources = globSync(
  [
    'widgets/*/element/*.ts',
    'widgets/kit/*.ts',
    'widgets/kit/generic/*.ts',
    'widgets/kit/controls/*.ts',
    'widgets/kit/overlays/dialog-view.ts',
  ],
  { cwd: root, exclude: ['**/*.test.ts', '**/testing.ts', '**/examples.ts'] },
).sort();

/** Runs after the files whose walks it counts, as files of tests run in the order of their names. */
it('every view of every widget was before axe', { timeout: 60_000 }, async () => {
  const walks = globSync('axe-*.test.ts', { cwd: join(root, 'tests/e2e/embed-proof') })
    .map(name => basename(name, '.test.ts'))
    .filter(name => name !== 'axe-whole');
  const kept = keptViews();
  assert.deepEqual(
    walks.filter(name => !kept.has(name)),
    [],
    'run these first, they keep what they have judged',
  );
  const browser = await startBrowser();
  try {
    const { context } = await openContext(browser);
    await context.addInitScript(noteViews);
    const page = await context.newPage();
    await page.goto('about:blank');
    const views = await viewsOf(page, sources);
    const judged = new Set([...kept.values()].flatMap(views => [...views]));
    assert.ok(views.length > 200, `only ${views.length} views were read`);
    const unseen = views.filter(({ outline }) => !judged.has(outline));
    assert.deepEqual(
      unseen.map(({ at, text }) => `${at} ${text.replace(/\s+/g, ' ').slice(0, 120)}`),
      [],
      `of ${views.length}`,
    );
  } finally {
    await browser.close();
  }
});
