import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppWorld, service, set, staffStep, startAppWorld } from './app-page.ts';
import { behavesAsWidget, hydrates } from './widget-suite.ts';

const source = `
import { createApp, createSSRApp, h, KeepAlive, reactive } from 'vue';
import { loadInlay } from '@inlay/embed';
import { InlayBooking, InlayWidget } from '@inlay/embed/vue';

const told = [];
const state = reactive({ tab: 'widget', shown: true, order: ['widget', 'b', 'c'], service: undefined, mode: undefined });
const widget = () => state.mode
  ? h(InlayWidget, { key: 'mode', tag: 'inlay-booking', height: 500, mode: state.mode, label: 'Book a visit' })
  : h(InlayBooking, {
    key: 'widget',
    service: state.service,
    onReady: () => told.push('ready'),
    'onInlay:booking-held': () => told.push('held'),
  });
const Tab = { name: 'Tab', render: widget };
const Other = { name: 'Other', render: () => h('p', 'other') };
const root = {
  render: () => state.kept
    ? h(KeepAlive, () => h(state.tab === 'widget' ? Tab : Other))
    : state.shown ? h('ul', state.order.map(id => h('li', { key: id }, id === 'widget' ? widget() : id))) : h('p', 'none'),
};
export const app = () => createSSRApp(root);
if (typeof window !== 'undefined') {
  window.told = told;
  window.set = change => Object.assign(state, change);
  loadInlay(window.site);
  if (document.querySelector('#app').firstElementChild) window.hydrate = () => app().mount('#app');
  else createApp(root).mount('#app');
}
`;
const server = `
import { renderToString } from 'vue/server-renderer';
import { app } from 'app';
export const html = () => renderToString(app());
`;

describe('in Vue', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world?.stop());
  behavesAsWidget(() => world, { source });
  hydrates(() => world, { source, serverSource: server });

  it('a tab that is kept alive comes back as it was', async () => {
    const app = await world.open({ source });
    await set(app.page, { kept: true });
    await service(app.page).click();
    await staffStep(app.page).waitFor();
    for (let i = 0; i < 3; i++) {
      await set(app.page, { tab: 'other' });
      await app.page.getByText('other').waitFor();
      await set(app.page, { tab: 'widget' });
      await staffStep(app.page).waitFor();
    }
    assert.equal(app.sessions(), 1);
    assert.deepEqual(app.said, []);
    await app.close();
  });
});
