/** The screen of a site: pages that were refused and are allowed by one press, and names with how it stands with TLS. */
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { openDesk } from '../testing/open-desk.ts';

const site = {
  id: 's1',
  clientId: 'c1',
  name: 'Main website',
  siteKey: 'site_aaaabbbbccccdddd',
  locale: 'en',
  zone: 'Europe/Prague',
  theme: {},
  analytics: 'cookieless',
  createdAt: '2026-01-01T00:00:00Z',
};
const records = [
  { type: 'CNAME', name: 'book.rosa.cz', value: 'app.inlay.example' },
  { type: 'TXT', name: '_inlay-challenge.book.rosa.cz', value: 'inlay-site=00ff' },
];
const named = (certificate: object | null, state = 'verified') => ({
  id: 'h1',
  host: 'book.rosa.cz',
  state,
  records,
  certificate,
  checkedAt: null,
  createdAt: site.createdAt,
});

const serving = (hosts: object[], refused: object[] = []) => {
  const server = fakeServer();
  const origins: object[] = [];
  const posted: unknown[] = [];
  const lists: Readonly<Record<string, () => unknown>> = {
    '/api/sites/s1': () => site,
    '/api/sites/s1/origins': () => origins,
    '/api/sites/s1/refused-origins': () =>
      refused.filter(item => !posted.includes((item as { origin: string }).origin)),
    '/api/sites/s1/modules': () => [],
    '/api/sites/s1/hosts': () => hosts,
  };
  return {
    ...server,
    posted,
    fetch: async (path: string, init: RequestInit = {}) => {
      const { pathname } = new URL(path, 'http://x');
      if (pathname === '/api/sites/s1/origins' && init.method === 'POST') {
        const { origin } = JSON.parse(`${init.body}`) as { origin: string };
        posted.push(origin);
        origins.push({ id: `o${origins.length}`, origin, createdAt: site.createdAt, lastAt: null });
        return Response.json({ data: origins.at(-1) }, { status: 201 });
      }
      const answer = lists[pathname];
      return answer ? Response.json({ data: answer(), page: {} }) : server.fetch(path, init);
    },
  };
};

describe('the screen of a site', () => {
  it('lists pages that were refused, and allows one by a press', async () => {
    const refused = [{ origin: 'https://draft.rosa.cz', lastAt: '2026-11-25T10:00:00Z' }];
    const server = serving([], refused);
    const desk = await openDesk('/clients/c1/sites/s1', server);
    await desk.find('h3', 'Refused lately');
    await desk.accessible();
    (await desk.find('button', 'Allow')).click();
    await desk.find('button', 'Remove https://draft.rosa.cz');
    same(server.posted, ['https://draft.rosa.cz']);
    ok(!desk.seen('h3', 'Refused lately'), 'nothing is left to allow');
    desk.close();
  });

  const texts = {
    ready: ['TLS is in place.', null],
    front: ['TLS is set up by the server in front', null],
    pending: ['TLS is being set up.', 'custom hostname does not CNAME to this zone.'],
    failed: ['TLS could not be set up: moved, expired', 'moved, expired'],
  } as const;
  for (const [state, [text, reason]] of Object.entries(texts))
    it(`says in words how it stands with a name's TLS: ${state}`, async () => {
      const extra = state === 'pending' ? [{ type: 'TXT', name: '_cf-custom-hostname.book.rosa.cz', value: 'v' }] : [];
      const desk = await openDesk('/clients/c1/sites/s1', serving([named({ state, records: extra, reason })]));
      await desk.find('p', text);
      if (state === 'pending') {
        await desk.find('p', reason!);
        await desk.find('td', '_cf-custom-hostname.book.rosa.cz');
        await desk.find('td', 'CNAME');
      }
      const opens = state === 'ready' || state === 'front';
      ok(!!desk.seen('a', 'Open') === opens, 'it can be opened');
      ok(!!desk.seen('button', 'Check now') !== opens, 'it can be checked');
      await desk.accessible();
      desk.close();
    });

  it('a name without its records has no certificate to speak of', async () => {
    const desk = await openDesk('/clients/c1/sites/s1', serving([named(null, 'pending')]));
    await desk.find('td', 'inlay-site=00ff');
    ok(!desk.seen('p', 'TLS'), 'nothing about TLS');
    desk.close();
  });
});
