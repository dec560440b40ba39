import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppWorld, leftovers, service, set, staffStep, startAppWorld } from './app-page.ts';

const source = `
import { mount } from 'svelte';
import { loadInlay } from '@inlay/embed';
import App from './app.svelte';

loadInlay(window.site);
window.told = [];
mount(App, { target: document.querySelector('#app') });
`;

const component = `
<script>
  import { inlay } from '@inlay/embed/svelte';
  let state = $state({ shown: true, order: ['widget', 'b', 'c'], service: undefined, mode: undefined });
  window.set = change => Object.assign(state, change);
  const told = name => () => window.told.push(name);
</script>

{#if state.shown}
  <ul>
    {#each state.order as id (id)}
      <li>{#if id === 'widget'}<inlay-booking service={state.service} label="Book a visit"
        use:inlay={{ onReady: told('ready'), on: { 'inlay:booking-held': told('held') } }}></inlay-booking>{:else}{id}{/if}</li>
    {/each}
  </ul>
{/if}
{#if state.mode}<inlay-booking mode={state.mode} label="In a dialog"></inlay-booking>{/if}
`;

describe('in Svelte', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world?.stop());
  const app = () => world.open({ source, components: { './app.svelte': component } });
  const told = () => (window as unknown as { told: string[] }).told;

  it('shows once, tells its events, follows its attributes and keeps its state in another order', async () => {
    const opened = await app();
    const { page } = opened;
    await service(page).waitFor();
    assert.equal(await service(page).count(), 1);
    await service(page).click();
    await staffStep(page).waitFor();
    await set(page, { order: ['b', 'c', 'widget'] });
    await page.locator('li:last-child inlay-booking').waitFor();
    assert.ok(await staffStep(page).isVisible());
    await set(page, { service: 'beard' });
    await page.locator('inlay-booking').getByRole('heading', { name: 'When suits you?' }).waitFor();
    assert.deepEqual(await page.evaluate(told), ['ready']);
    assert.equal(opened.sessions(), 1);
    assert.deepEqual(opened.said, []);
    await opened.close();
  });

  it('a mode that is set as a property holds', async () => {
    const opened = await app();
    const { page } = opened;
    await service(page).waitFor();
    await set(page, { shown: false, mode: 'popup' });
    await page.getByRole('button', { name: 'In a dialog' }).click();
    await service(page).waitFor();
    assert.ok(await page.getByRole('dialog', { name: 'In a dialog' }).isVisible());
    assert.deepEqual(opened.said, []);
    await opened.close();
  });

  it('leaves nothing when it is taken out, however often', async () => {
    const opened = await app();
    const { page } = opened;
    await service(page).waitFor();
    await set(page, { shown: false });
    await service(page).waitFor({ state: 'detached' });
    const first = await leftovers(opened);
    for (let i = 0; i < 10; i++) {
      await set(page, { shown: true });
      await service(page).waitFor();
      await set(page, { shown: false });
      await service(page).waitFor({ state: 'detached' });
    }
    assert.deepEqual(await leftovers(opened), first);
    assert.equal(opened.sessions(), 1);
    assert.deepEqual(opened.said, []);
    await opened.close();
  });
});
