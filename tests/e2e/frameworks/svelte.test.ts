import { after, before, describe } from 'node:test';
import { type AppWorld, startAppWorld } from './app-page.ts';
import { behavesAsWidget } from './widget-suite.ts';

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
      <li>{#if id !== 'widget'}{id}{:else if state.mode}<inlay-booking mode={state.mode} label="Book a visit"></inlay-booking>{:else}<inlay-booking service={state.service}
        use:inlay={{ onReady: told('ready'), on: { 'inlay:booking-held': told('held') } }}></inlay-booking>{/if}</li>
    {/each}
  </ul>
{/if}
`;

describe('in Svelte', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world?.stop());
  behavesAsWidget(() => world, { source, components: { './app.svelte': component } });
});
