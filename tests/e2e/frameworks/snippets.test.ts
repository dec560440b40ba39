/** The code of components that the dashboard hands out, compiled by the framework's own compiler and run as it is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codeOf } from '../../../edge/demo/builder-pages.ts';
import { type SignedInSite, signInToSite } from '../../support/signed-in-site.ts';
import { type App, type AppWorld, service, staffStep, startAppWorld } from './app-page.ts';

/** An app of each framework around the component `code`. */
const apps: Readonly<Record<'react' | 'vue' | 'svelte', (code: string) => App>> = {
  react: code => ({
    source: `${code}
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
createRoot(document.querySelector('#app')!).render(<StrictMode><h1>Book</h1><Widget /><p>Below</p></StrictMode>);`,
  }),
  vue: code => ({
    trusts: ['vue'],
    source: `import { createApp, h } from 'vue';
import Widget from './widget.vue';
createApp({ render: () => [h('h1', 'Book'), h(Widget), h('p', 'Below')] }).mount('#app');`,
    components: { './widget.vue': code },
  }),
  svelte: code => ({
    trusts: ['svelte-trusted-html'],
    source: `import { mount } from 'svelte';
import App from './app.svelte';
mount(App, { target: document.querySelector('#app')! });`,
    components: {
      './app.svelte': `<script>import Widget from './widget.svelte';</script><h1>Book</h1><Widget /><p>Below</p>`,
      './widget.svelte': code,
    },
  }),
};

describe('what the dashboard hands out for an app', () => {
  let world: AppWorld;
  let site: SignedInSite;
  before(async () => {
    world = await startAppWorld();
    site = await signInToSite(world.demo);
  });
  after(() => world?.stop());

  for (const [framework, appOf] of Object.entries(apps))
    for (const kind of ['inline', 'pinned', 'float'] as const)
      it(`${framework}, ${kind}: compiles as it is; under strict policies the widget shows, nothing moves`, async () => {
        const query = `for=${framework}&service=&${kind === 'float' ? 'mode=float&label=Book%20"it"' : ''}`;
        const { parts } = await (kind === 'pinned' ? site.pinned(query) : site.snippet(query));
        assert.equal(codeOf(parts, 'install'), 'npm install @inlay/embed');
        const code = codeOf(parts, 'component');
        const app = appOf(code);
        const opened = await world.open({ ...app, policy: 'trusted-types' });
        const { page } = opened;
        if (kind === 'float') await page.getByRole('button', { name: 'Book "it"' }).click();
        await service(page).waitFor();
        assert.equal(await service(page).count(), 1);
        assert.equal(await page.locator('script[integrity][src*="/embed/pinned/"]').count(), kind === 'pinned' ? 1 : 0);
        await service(page).click();
        await staffStep(page).waitFor();
        const { moved, errors, violations, policies } = await opened.watched();
        assert.deepEqual([moved, errors, violations], [[], [], []]);
        // Of the package and the runtime, by one name.
        assert.deepEqual(
          policies.filter(name => !app.trusts?.includes(name)),
          ['lit-html', 'lit-html'],
        );
        assert.deepEqual(opened.said, []);
        await opened.close();
      });
});
