import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppWorld, leftovers, service, set, staffStep, startAppWorld } from './app-page.ts';

const source = `
import { createApp, h, KeepAlive, reactive } from 'vue';
import { loadInlay } from '@inlay/embed';
import { InlayBooking } from '@inlay/embed/vue';

loadInlay(window.site);
window.told = [];
const state = reactive({ tab: 'widget', shown: true, order: ['widget', 'b', 'c'], service: undefined });
window.set = change => Object.assign(state, change);
const widget = () => h(InlayBooking, {
  key: 'widget',
  service: state.service,
  onReady: () => window.told.push('ready'),
  'onInlay:booking-held': () => window.told.push('held'),
});
const Tab = { name: 'Tab', render: widget };
const Other = { name: 'Other', render: () => h('p', 'other') };
createApp({
  render: () => state.kept
    ? h(KeepAlive, () => h(state.tab === 'widget' ? Tab : Other))
    : state.shown ? h('ul', state.order.map(id => h('li', { key: id }, id === 'widget' ? widget() : id))) : h('p', 'none'),
}).mount('#app');
`;

describe('in Vue', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world?.stop());
  const told = () => (window as unknown as { told: string[] }).told;

  it('shows once, tells its events, follows its attributes and keeps its state in another order', async () => {
    const app = await world.open({ source });
    await service(app.page).waitFor();
    assert.equal(await service(app.page).count(), 1);
    await service(app.page).click();
    await staffStep(app.page).waitFor();
    await set(app.page, { order: ['c', 'b', 'widget'] });
    await app.page.locator('li:last-child inlay-booking').waitFor();
    assert.ok(await staffStep(app.page).isVisible());
    await set(app.page, { service: 'beard' });
    const widget = app.page.locator('inlay-booking');
    await widget.getByRole('heading', { name: 'When suits you?' }).waitFor();
    await widget
      .getByRole('button', { name: /^\d{1,2}:\d\d/ })
      .first()
      .click();
    await widget.getByRole('heading', { name: 'Your details' }).waitFor();
    assert.deepEqual(await app.page.evaluate(told), ['ready', 'held']);
    assert.equal(app.sessions(), 1);
    assert.deepEqual(app.said, []);
    await app.close();
  });

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

  it('leaves nothing behind v-if, however often', async () => {
    const app = await world.open({ source });
    await service(app.page).waitFor();
    await set(app.page, { shown: false });
    await service(app.page).waitFor({ state: 'detached' });
    const first = await leftovers(app);
    for (let i = 0; i < 10; i++) {
      await set(app.page, { shown: true });
      await service(app.page).waitFor();
      await set(app.page, { shown: false });
      await service(app.page).waitFor({ state: 'detached' });
    }
    assert.deepEqual(await leftovers(app), first);
    assert.equal(app.sessions(), 1);
    assert.deepEqual(app.said, []);
    await app.close();
  });
});
