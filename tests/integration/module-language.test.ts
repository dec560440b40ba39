import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type LanguageWorld, startLanguageWorld } from '../support/language-world.ts';

type Row = Record<string, unknown> & { id: string };

describe('the module language over HTTP', () => {
  let world: LanguageWorld;
  before(async () => {
    world = await startLanguageWorld();
  });
  after(() => world?.stop());

  it('an install adds its fields to another module, an uninstall takes them away and keeps what was in them', async () => {
    const { client, api, clientId } = world;
    const old = await client.data<Row>('folk/v1/person', { body: { name: 'Ada' } });
    assert.equal((await client.call('folk/v1/person', { body: { name: 'X', loyaltyCard_points: 1 } })).status, 422);
    const installed = `/api/clients/${clientId}/installations`;
    await api.send(installed, { body: { module: 'loyalty-card' } });
    const path = `folk/v1/person/${old.id}`;
    const tier = await client.data<Row>('loyalty-card/v1/tier', { body: { name: 'Gold' } });
    const body = { loyaltyCard_points: 7, loyaltyCard_tier: tier.id, loyaltyCard_pin: '12' };
    const changed = await client.data<Row>(path, { method: 'PATCH', body });
    assert.deepEqual([changed['loyaltyCard_points'], changed['loyaltyCard_pin']], [7, '12']);
    await client.data('folk/v1/person', { body: { name: 'Bob' } });
    const list = (query: string) => client.data<Row[]>(`folk/v1/person?${query}`);
    assert.deepEqual(
      (await list('filter[loyaltyCard_tier.name][eq]=Gold')).map(row => row['name']),
      ['Ada'],
    );
    assert.deepEqual(
      (await list('sort=loyaltyCard_points')).map(row => row['name']),
      ['Bob', 'Ada'],
    );
    const award = await client.data('loyalty-card/v1/actions/award', { body: { person: old.id, points: 100 } });
    assert.deepEqual(award, { points: 107, rich: 0 });
    const folkOnly = await world.withScopes('folk:write');
    assert.ok(!('loyaltyCard_points' in (await folkOnly.data<Row>(path))));
    const patch = { method: 'PATCH', body: { loyaltyCard_points: 1 } };
    assert.equal((await folkOnly.call(path, patch)).status, 403);

    const document = await fetch(`${world.host.url}/api/openapi.json`, {
      headers: { authorization: `Bearer ${client.key}` },
    });
    const { components } = (await document.json()) as {
      components: { schemas: Record<string, { properties: object }> };
    };
    assert.ok('loyaltyCard_points' in components.schemas['FolkPerson']!.properties);
    const graph = await fetch(`${world.host.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `{ folkPerson(id: "${old.id}") { loyaltyCard_points loyaltyCard_tier { name } } }`,
      }),
    });
    assert.deepEqual(await graph.json(), {
      data: { folkPerson: { loyaltyCard_points: 107, loyaltyCard_tier: { name: 'Gold' } } },
    });

    await api.send(`${installed}/loyalty-card`, { method: 'DELETE' });
    assert.deepEqual(
      Object.keys(await client.data<Row>(path)).filter(name => name.includes('_')),
      [],
    );
    await client.data(path, { method: 'PATCH', body: { name: 'Eda' } });
    await api.send(installed, { body: { module: 'loyalty-card' } });
    const back = await client.data<Row>(path);
    assert.deepEqual([back['name'], back['loyaltyCard_points'], back['loyaltyCard_tier']], ['Eda', 107, tier.id]);
  });

  it('texts are read in the language asked for, written in it one by one, and in all of them without', async () => {
    const { client } = world;
    const motto = { cs: 'Ahoj', de: 'Hallo', 'pt-BR': 'Oi' };
    const { id } = await client.data<Row>('folk/v1/person', { body: { name: 'Eva', motto } });
    const path = `folk/v1/person/${id}`;
    const read = async (query = '', header = '*') => {
      const row = await client.data<Row>(path + query, { headers: { 'accept-language': header } });
      return row['motto'];
    };
    assert.deepEqual(await read(), motto);
    assert.equal(await read('?locale=de'), 'Hallo');
    assert.equal(await read('?locale=pt-BR'), 'Oi');
    assert.equal(await read('', 'de-AT, en;q=0.5'), 'Hallo', 'the region is given up');
    assert.equal(await read('', 'fr;q=0.4, de;q=0.3'), 'Hallo', 'the next that is asked for');
    assert.equal(await read('', 'fr'), 'Ahoj', "the site's");
    assert.equal(await read('?locale=de', 'cs'), 'Hallo', 'the parameter goes before the header');
    assert.deepEqual(await read('?locale=*', 'cs'), motto);
    assert.equal((await client.call(`${path}?locale=%21`)).status, 400);
    const tags = await Promise.all(
      ['?locale=de', '?locale=cs', ''].map(async query =>
        (await client.call(path + query, { headers: { 'accept-language': '*' } })).headers.get('etag'),
      ),
    );
    assert.deepEqual(tags, ['"1.de"', '"1.cs"', '"1"']);
    const unchanged = await client.call(`${path}?locale=de`, { headers: { 'if-none-match': '"1.de"' } });
    assert.equal(unchanged.status, 304);

    const write = async (query: string, motto: unknown, headers: Record<string, string> = {}) => {
      const reply = await client.data<Row>(path + query, { method: 'PATCH', body: { motto }, headers });
      return reply['motto'];
    };
    assert.equal(await write('?locale=de', 'Servus', { 'if-match': '"1.de"' }), 'Servus');
    assert.equal(await write('', 'Nazdar', { 'accept-language': 'cs-CZ' }), 'Nazdar');
    assert.deepEqual(await read(), { ...motto, de: 'Servus', cs: 'Nazdar' });
    assert.deepEqual(await write('?locale=*', { en: 'Hi' }), { en: 'Hi' });
    const [listed] = await client.data<Row[]>(`folk/v1/person?locale=de&filter[name][eq]=Eva`);
    assert.equal(listed!['motto'], 'Hi', 'the first there is');
    const wrong = await client.call(path, { method: 'PATCH', body: { motto: { 'not a tag': 'x' } } });
    assert.equal(wrong.status, 422);
  });
});
