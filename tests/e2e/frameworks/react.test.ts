import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppWorld, leftovers, service, set, staffStep, startAppWorld } from './app-page.ts';

const source = `
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { loadInlay } from '@inlay/embed';
import { InlayBooking, InlayWidget } from '@inlay/embed/react';

loadInlay(window.site);
loadInlay(window.site);
window.told = [];
const App = () => {
  const [state, setState] = useState({ order: ['widget', 'b', 'c'], shown: true });
  window.set = change => setState(old => ({ ...old, ...change }));
  const { order, shown, mode, ...attributes } = state;
  if (!shown) return null;
  return <ul>{order.map(id => <li key={id}>{id !== 'widget' ? id : mode
    ? <InlayWidget tag="inlay-booking" mode={mode} label="Book a visit" />
    : <InlayBooking {...attributes} onReady={() => window.told.push('ready')} on={{ 'inlay:booking-held': () => window.told.push('held') }} />}</li>)}</ul>;
};
createRoot(document.querySelector('#app')).render(<StrictMode><App /></StrictMode>);
`;

describe('in React, under StrictMode', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world?.stop());
  const told = () => (window as unknown as { told: string[] }).told;

  it('shows once with one session, tells its events, and keeps its state when a list is put in another order', async () => {
    const app = await world.open({ source });
    await service(app.page).waitFor();
    assert.equal(await service(app.page).count(), 1);
    assert.equal(await app.page.locator('script[src*="/embed/"]').count(), 1);
    await service(app.page).click();
    await staffStep(app.page).waitFor();
    await set(app.page, { order: ['b', 'c', 'widget'] });
    await app.page.locator('li:last-child inlay-booking').waitFor();
    assert.ok(await staffStep(app.page).isVisible());
    assert.deepEqual(await app.page.evaluate(told), ['ready']);
    assert.equal(app.sessions(), 1);
    assert.deepEqual((await app.watched()).events, ['ready']);
    assert.deepEqual(app.said, []);
    await app.close();
  });

  it('follows its attributes', async () => {
    const app = await world.open({ source });
    await service(app.page).waitFor();
    await set(app.page, { service: 'beard' });
    await app.page.locator('inlay-booking').getByRole('heading', { name: 'When suits you?' }).waitFor();
    await set(app.page, { service: undefined });
    await service(app.page).waitFor();
    await set(app.page, { locale: 'cs' });
    await app.page.locator('inlay-booking .frame[lang=cs]').waitFor();
    assert.equal(app.sessions(), 2);
    assert.deepEqual(app.said, []);
    await app.close();
  });

  it('a mode holds for a tag that is made after the element was defined', async () => {
    const app = await world.open({ source });
    await service(app.page).waitFor();
    await set(app.page, { mode: 'popup' });
    await app.page.getByRole('button', { name: 'Book a visit' }).click();
    await service(app.page).waitFor();
    assert.ok(await app.page.getByRole('dialog', { name: 'Book a visit' }).isVisible());
    assert.deepEqual(app.said, []);
    await app.close();
  });

  it('leaves nothing when it is taken out, however often', async () => {
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
