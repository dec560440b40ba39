import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EmbedSession } from '../../schemas/protocol/index.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

const said = 'utm_source=letter&utm_medium=e-mail&utm_campaign=Spring%20sale&utm_term=cut&utm_content=jarn%C3%AD';
const kept = {
  campaign: 'Spring sale',
  campaignSource: 'letter',
  campaignMedium: 'e-mail',
  campaignTerm: 'cut',
  campaignContent: 'jarní',
};
const nothing = Object.fromEntries(Object.keys(kept).map(name => [name, null]));
type Kept = typeof kept;

describe('which campaign brought somebody', () => {
  let world: DemoWorld;
  let service: string;
  let origin: string;
  before(async () => {
    world = await startDemoWorld();
    origin = world.demo.embedOrigin;
    service = (await world.salon.data<{ id: string }[]>('booking/v1/service?filter[slug][eq]=beard'))[0]!.id;
  });
  after(() => world?.host.stop());

  const partsOf = (record: Kept) =>
    Object.fromEntries(Object.keys(kept).map(name => [name, record[name as keyof Kept]]));
  const visit = async () => {
    const reply = await fetch(`${world.host.url}/embed/${world.salon.siteKey}/session?m=booking`, {
      headers: { origin },
    });
    return ((await reply.json()) as EmbedSession).token;
  };
  const act = async (token: string, name: string, body: unknown, headers: Readonly<Record<string, string>>) =>
    fetch(`${world.host.url}/api/m/booking/v1/actions/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    });

  /** What a visitor's booking keeps whose writes came with these headers. */
  const booked = async (headers: Readonly<Record<string, string>>) => {
    const token = await visit();
    const [start] = await world.salon.slots(service);
    const held = await act(token, 'hold', { service, start }, headers);
    assert.equal(held.status, 200, await held.clone().text());
    const { data } = (await held.json()) as { data: { hold: string } };
    const who = { hold: data.hold, name: 'Ada', email: 'ada@mail.example' };
    const confirmed = await act(token, 'confirm', who, headers);
    const text = await confirmed.text();
    assert.equal(confirmed.status, 200, text);
    assert.doesNotMatch(text, /campaign|Spring/i);
    const { id, manageUrl } = (JSON.parse(text) as { data: { id: string; manageUrl: string } }).data;
    const link = new URL(manageUrl);
    const seen = await world.salon.call('booking/v1/actions/view', {
      body: { token: link.searchParams.get('token') ?? link.hash.slice(1).replace(/^token=/, '') },
    });
    assert.equal(seen.status, 200);
    assert.doesNotMatch(await seen.text(), /campaign|Spring/i);
    return { id, parts: partsOf(await world.salon.data<Kept>(`booking/v1/booking/${id}`)) };
  };

  it("a visitor's booking keeps it, and the desk finds, exports and asks for it", async () => {
    const { id, parts } = await booked({ 'inlay-campaign': said });
    assert.deepEqual(parts, kept);
    const list = (filter: string) => world.salon.data<{ id: string }[]>(`booking/v1/booking?${filter}`);
    const found = await list('filter[campaignSource][eq]=letter&filter[campaign][contains]=spring');
    assert.deepEqual(
      found.map(row => row.id),
      [id],
    );
    assert.deepEqual(await list('filter[campaignSource][eq]=Letter'), []);
    const csv = await world.salon.call('booking/v1/booking/export.csv?filter[campaignSource][eq]=letter');
    assert.match(await csv.text(), /campaign,campaignSource.*\s+.*Spring sale,letter,e-mail,cut,jarní/);
    const asked = await fetch(`${world.host.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.salon.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          '{ bookingBookings(filter: { campaignMedium: { eq: "e-mail" } }) { nodes { campaign campaignContent } } }',
      }),
    });
    const answer = await asked.text();
    assert.match(answer, /"campaign":"Spring sale","campaignContent":"jarní"/, answer);
  });

  it('without one, with garbage, and for who asks not to be tracked, there is a booking and nothing else', async () => {
    const cases: Readonly<Record<string, string>>[] = [
      {},
      { 'inlay-campaign': 'x'.repeat(9000) },
      { 'inlay-campaign': `utm_source=${'y'.repeat(121)}&utm_campaign=%00&utm_medium=%E2%80%AE&name=Ada` },
      { 'inlay-campaign': said, 'sec-gpc': '1' },
      { 'inlay-campaign': said, dnt: '1' },
    ];
    for (const headers of cases) assert.deepEqual((await booked(headers)).parts, nothing);
  });

  it('from another origin there is no booking; a page may send the header', async () => {
    const [start] = await world.salon.slots(service);
    const foreign = { origin: 'https://evil.test', 'inlay-campaign': said };
    assert.equal((await act(await visit(), 'hold', { service, start }, foreign)).status, 403);
    const preflight = await fetch(`${world.host.url}/api/m/booking/v1/actions/hold`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'inlay-campaign' },
    });
    assert.match(preflight.headers.get('access-control-allow-headers')!, /\bInlay-Campaign\b/);
  });

  it('nobody sets it in a body, or changes it', async () => {
    const [start] = await world.salon.slots(service);
    const who = { name: 'Ada', email: 'ada@mail.example' };
    const body = { service, start, ...who, campaign: 'forged' };
    assert.equal((await world.salon.call('booking/v1/actions/book', { body })).status, 422);
    const made = await world.salon.call('booking/v1/actions/book', {
      body: { service, start, ...who },
      headers: { 'inlay-campaign': said },
    });
    const { id } = ((await made.json()) as { data: { id: string } }).data;
    const path = `booking/v1/booking/${id}`;
    assert.equal((await world.salon.call(path, { method: 'PATCH', body: { campaign: 'forged' } })).status, 422);
    assert.deepEqual(partsOf(await world.salon.data<Kept>(path)), kept);
  });
});
