import { after, before, describe } from 'node:test';
import { type AppWorld, startAppWorld } from './app-page.ts';
import { behavesAsWidget, hydrates } from './widget-suite.ts';

const source = `
import { hydrate, mount } from 'svelte';
import { loadInlay } from '@inlay/embed';
import App from './app.svelte';

loadInlay(window.site);
window.told = [];
const target = document.querySelector('#app');
if (target.firstElementChild) window.hydrate = () => hydrate(App, { target });
else mount(App, { target });
`;
const server = `
import { render } from 'svelte/server';
import App from './app.svelte';
export const html = () => render(App).body;
`;

const component = `
<script>
  import { inlay } from '@inlay/embed/svelte';
  let state = $state({ shown: true, order: ['widget', 'b', 'c'], service: undefined, mode: undefined });
  if (typeof window !== 'undefined') window.set = change => Object.assign(state, change);
  const told = name => () => window.told.push(name);
</script>

{#if state.shown}
  <ul>
    {#each state.order as id (id)}
      <li>{#if id !== 'widget'}{id}{:else if state.mode}<inlay-booking mode={state.mode} label="Book a visit"></inlay-booking>{:else}<inlay-booking service={state.service}
        oninlay:booking-held={told('held')} use:inlay={{ onReady: told('ready') }}><svg width="1" height="500" display="block" aria-hidden="true"></svg></inlay-booking>{/if}</li>
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
  const app = { source, components: { './app.svelte': component } };
  behavesAsWidget(() => world, app);
  hydrates(() => world, { ...app, serverSource: server });
});
