import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import type { EmbedSession } from '../../../schemas/protocol/embed.ts';
import type { FormView } from '../../../schemas/protocol/widget.ts';
import type { BuildManifest } from '../../../tools/build.ts';
import { root } from '../../../tools/root.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

let world: ForeignWorld;
before(async () => {
  world = await startForeignWorld();
});
after(() => world?.stop());

const { widgets, parts } = JSON.parse(
  readFileSync(join(root, 'dist/public/embed/manifest.json'), 'utf8'),
) as BuildManifest;
const beacon = parts['beacon']!.files;

/** A page of the widget, and the files of ours that it has asked for. */
async function untouched(body: string, prepare?: (context: BrowserContext) => Promise<unknown>) {
  const asked: string[] = [];
  let counted: Promise<unknown> | undefined;
  const foreign = await world.open(`${world.script()}${body}`, {
    prepare: async context => {
      context.on('request', request => asked.push(new URL(request.url()).pathname));
      counted = context.waitForEvent('response', reply => reply.url().includes('/c/beacon-'));
      await prepare?.(context);
    },
  });
  await foreign.heard('ready');
  // The last that comes unasked, 1.5 s after the script.
  await counted;
  await foreign.page.waitForTimeout(1000);
  return { foreign, files: () => asked.filter(path => path.startsWith('/embed/c/')).sort() };
}

const paths = (files: readonly string[]) => [...new Set(files)].map(file => `/${file}`).sort();

it('who only reads loads the first view of a booking; a pointer at the list fetches what follows, once', async () => {
  const { foreign, files } = await untouched(tag);
  assert.deepEqual(files(), paths([...widgets['inlay-booking']!.files, ...beacon]));
  const row = inPage(foreign.page).getByRole('button', { name: /Cut and finish/ });
  await row.hover();
  const next = foreign.page.waitForResponse(reply => /\/c\/next-/.test(reply.url()));
  await row.hover({ position: { x: 5, y: 5 } });
  await next;
  await row.focus();
  await steps[1]!.go(inPage(foreign.page));
  assert.equal(files().filter(file => /\/next-/.test(file)).length, 1);
  await foreign.close();
});

it('a tag that names its service is a calendar at once', async () => {
  const { foreign, files } = await untouched(tag.replace('<inlay-booking', '<inlay-booking service="cut"'));
  await inPage(foreign.page).getByRole('heading', { name: 'With whom?' }).waitFor();
  assert.equal(files().filter(file => /\/next-/.test(file)).length, 1);
  await foreign.close();
});

/** A form whose fields are the browser's own: a better control has a file of its own, and a budget in tools/size.ts. */
const native = (context: BrowserContext) =>
  context.route(/\/session\?/, async route => {
    const reply = await route.fetch();
    const session = (await reply.json()) as EmbedSession;
    const controls = Object.values(session.modules['contact']!.views!).flatMap(view => (view as FormView).controls);
    for (const control of controls) delete (control as { field?: unknown }).field;
    await route.fulfill({ response: reply, json: session });
  });

it('who only reads loads a form without what sends it; the focus fetches that', async () => {
  const { foreign, files } = await untouched('<inlay-contact></inlay-contact>', native);
  assert.deepEqual(files(), paths([...parts['generic-form']!.files, ...beacon]));
  const next = foreign.page.waitForResponse(reply => /\/c\/form-next-/.test(reply.url()));
  await foreign.page.locator('inlay-contact').getByRole('textbox').first().focus();
  await next;
  await foreign.close();
});
