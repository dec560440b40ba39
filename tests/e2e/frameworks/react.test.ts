import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppWorld, service, set, startAppWorld } from './app-page.ts';
import { behavesAsWidget, hydrates } from './widget-suite.ts';

const source = `
import { StrictMode, useState } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { loadInlay } from '@inlay/embed';
import { InlayBooking, InlayWidget } from '@inlay/embed/react';

const told = [];
const start = { order: ['widget', 'b', 'c'], shown: true };
const Mode = ({ mode }) => <InlayWidget tag="inlay-booking" height={500} mode={mode} label="Book a visit" />;
const App = () => {
  const [state, setState] = useState(start);
  if (typeof window !== 'undefined') window.set = change => setState(old => ({ ...old, ...change }));
  const { order, shown, mode, ...attributes } = state;
  if (!shown) return null;
  return <ul>{order.map(id => <li key={id}>{id !== 'widget' ? id : mode
    ? <Mode mode={mode} />
    : <InlayBooking {...attributes} onReady={() => told.push('ready')} on={{ 'inlay:booking-held': () => told.push('held') }} />}</li>)}</ul>;
};
export const app = <StrictMode><App /></StrictMode>;
if (typeof window !== 'undefined') {
  window.told = told;
  loadInlay(window.site);
  loadInlay(window.site);
  const place = document.querySelector('#app');
  if (place.firstElementChild) window.hydrate = () => hydrateRoot(place, app);
  else createRoot(place).render(app);
}
`;
const server = `
import { renderToString } from 'react-dom/server';
import { app } from 'app';
export const html = () => renderToString(app);
`;

for (const react of ['react', 'react-18'] as const)
  describe(`in ${react === 'react' ? 'React 19' : 'React 18'}, under StrictMode`, () => {
    let world: AppWorld;
    before(async () => {
      world = await startAppWorld();
    });
    after(() => world?.stop());
    const app = { source, react };
    behavesAsWidget(() => world, app);
    hydrates(() => world, { ...app, serverSource: server });

    it('asks for a session in another language when its locale changes', async () => {
      const { page, sessions, said, close } = await world.open(app);
      await service(page).waitFor();
      await set(page, { locale: 'cs' });
      await page.locator('inlay-booking .frame[lang=cs]').waitFor();
      assert.equal(sessions(), 2);
      assert.deepEqual(said, []);
      await close();
    });

    it('is the React that it says', async () => {
      const { page, close } = await world.open({
        ...app,
        source: `${source}\nimport { version } from 'react';\nwindow.version = version;`,
      });
      await service(page).waitFor();
      const version = await page.evaluate(() => (window as unknown as { version: string }).version);
      assert.match(version, react === 'react' ? /^19\./ : /^18\./);
      await close();
    });
  });
