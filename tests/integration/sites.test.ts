import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ApiKey, Client, Site } from '../../schemas/protocol/index.ts';
import { type DemoWorld, demoClient, startDemoWorld } from '../support/demo-world.ts';

describe('a client with several sites', () => {
  let world: DemoWorld;
  before(async () => {
    world = await startDemoWorld();
  });
  after(() => world?.host.stop());

  it('the link to a booking opens on the site that shows booking, in the language it was made in', async () => {
    const { api } = world;
    const client = await api.send<Client>('/api/clients', { body: { name: 'Two Houses', zone: 'Europe/Prague' } });
    const site = (name: string) => api.send<Site>(`/api/clients/${client.id}/sites`, { body: { name } });
    await site('Brochure');
    const shop = await site('Shop');
    await api.send(`/api/clients/${client.id}/installations`, { body: { module: 'booking' } });
    await api.send(`/api/sites/${shop.id}/modules/booking`, { method: 'PUT', body: { enabled: true } });
    const body = { name: 'Test', scopes: ['*'] };
    const { key } = await api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body });
    const house = demoClient(world.host.url, key!, shop.siteKey);
    const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', end: '18:00' }];
    const schedule = await house.data('calendar/v1/schedule', {
      body: { name: 'All', zone: 'Europe/Prague', windows },
    });
    await house.data('calendar/v1/resource', { body: { name: 'Ann', schedule: schedule['id'] } });
    const cut = { name: 'Cut', slug: 'cut', durations: [30] };
    const service = await house.data<{ id: string }>('booking/v1/service', { body: cut });
    const [start] = await house.slots(service.id);
    const booked = await house.action<{ manageUrl: string }>('book', {
      service: service.id,
      start,
      name: 'Eva',
      email: 'eva@mail.example',
      locale: 'de',
    });
    assert.ok(booked.manageUrl.startsWith(`${world.host.url}/p/${shop.siteKey}/booking-manage?locale=de#`));
    const page = await fetch(booked.manageUrl);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<html lang="de">/);
  });

  it('answers 421 under a name that is not its own', async () => {
    const { request } = await import('node:http');
    const { hostname, port } = new URL(world.host.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ hostname, port, path: '/api/modules', headers: { host: 'evil.example' } }, reply => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 421);
  });
});
