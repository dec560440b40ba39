/** The agency's home: order, search, periods, 500 sites, none, an error, the keyboard. */
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import type { AnalyticsOfSite } from '../../schemas/protocol/index.ts';
import { fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

const figures = { visitors: 0, views: 0, visits: 0, starts: 0, completions: 0, errors: 0 };
const siteOf = (index: number, more: Partial<typeof figures> = {}): AnalyticsOfSite => ({
  siteId: `s${index}`,
  siteName: `Site ${index}`,
  clientId: `c${index % 50}`,
  clientName: `Client ${index % 50}`,
  values: { ...figures, views: 20, visits: 10, ...more },
  before: { ...figures, views: 10, visits: 5 },
  series: [1, 4, 2, 3],
});

/** A server with these sites, in pages of 200; `undefined` fails. */
const having = (sites: readonly AnalyticsOfSite[] | undefined, clients: readonly object[]) => {
  const server = fakeServer();
  return {
    ...server,
    fetch: async (path: string, init?: RequestInit) => {
      const { pathname, searchParams } = new URL(path, 'http://x');
      if (pathname === '/api/clients') return Response.json({ data: clients, page: { size: 200, after: null } });
      if (pathname !== '/api/analytics') return server.fetch(path, init);
      server.calls.push(`GET ${path}`);
      if (!sites) return problem(500, 'INTERNAL');
      const from = Number(searchParams.get('page[after]') ?? 0);
      const after = from + 200 < sites.length ? `${from + 200}` : null;
      return Response.json({ data: sites.slice(from, from + 200), page: { size: 200, after }, meta: {} });
    },
  };
};
const clients = Array.from({ length: 50 }, (_, index) => ({
  id: `c${index}`,
  name: `Client ${index}`,
  zone: 'UTC',
  createdAt: '2026-01-01T00:00:00Z',
  siteCount: index === 49 ? 0 : 10,
}));

describe('the overview', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const open = async (server: ReturnType<typeof having>) => {
    desk = await openDesk('/', server);
    return desk;
  };
  const rows = async ({ find }: OpenDesk) => [...(await find('table.sites tbody')).children] as HTMLElement[];
  const until = async (done: () => Promise<boolean>) => {
    for (let tries = 0; tries < 100 && !(await done()); tries++) await new Promise(resume => setTimeout(resume, 10));
    ok(await done(), 'waited in vain');
  };

  it('500 sites: those with errors first, then the busiest; all are summed, some are drawn, any is found', async () => {
    const sites = Array.from({ length: 500 }, (_, index) => siteOf(index));
    sites[321] = siteOf(321, { errors: 7 });
    sites[77] = siteOf(77, { visits: 900, completions: 3 });
    const here = await open(having(sites, clients));
    await here.find('[role=status]', '500 sites · 50 clients');
    await here.find('.totals div', '5,890');
    await here.find('.totals div', 'on 1 site');
    const shown = await rows(here);
    same(shown.length, 100);
    ok(shown[0]!.textContent!.includes('Site 321') && shown[0]!.textContent!.includes('7 errors'), 'errors first');
    ok(shown[1]!.textContent!.includes('Site 77'), 'then the busiest');
    same(shown[0]!.querySelector('a')!.getAttribute('href'), '/clients/c21/sites/s321/analytics');
    (await here.find<HTMLButtonElement>('.more button', 'Show 100 more')).click();
    await until(async () => (await rows(here)).length === 200);
    (await here.find<HTMLButtonElement>('table.sites th button', 'Completed')).click();
    await until(async () => (await rows(here))[0]!.textContent!.includes('Site 77'));
    await here.find('th[aria-sort=descending]', 'Completed');
    await here.type('input[type=search]', 'site 499');
    await here.find('[role=status]', '1 site found');
    same((await rows(here)).length, 1);
    await here.accessible();
    await here.type('input[type=search]', 'nobody');
    await here.find('.empty', 'No sites match');
  });

  it('another period asks for its days, and keeps what is shown until they have come', async () => {
    const server = having([siteOf(1)], clients);
    const here = await open(server);
    await here.find('table.sites');
    (await here.find('.segments label', '7 days')).querySelector('input')!.click();
    ok(here.seen('table.sites'), 'the table stays');
    const days = () => {
      const last = server.calls.findLast(call => call.startsWith('GET /api/analytics'))!;
      return new URL(last.slice(4), 'http://x').searchParams.get('days');
    };
    await until(async () => days() === '7');
    const csv = await here.find<HTMLAnchorElement>('a[download]');
    same(csv.getAttribute('href'), '/api/analytics.csv?days=7');
  });

  it('says what to do without a client, without a site, and without a visit', async () => {
    const none = await open(having([], []));
    await none.find('.empty', 'No clients yet');
    (await none.find<HTMLAnchorElement>('.empty a')).click();
    await none.find('form.panel h2', 'New client');
    none.close();
    const bare = await open(having([], [clients[49]!]));
    await bare.find('.empty', 'No sites yet');
    await bare.find('ul.bare a', 'Client 49');
    await bare.accessible();
    bare.close();
    const quiet = await open(having([{ ...siteOf(1), values: figures, before: figures }], clients));
    await quiet.find('.notice', 'No visits in this period');
    same((await rows(quiet)).length, 1);
  });

  it('says what went wrong, and asks again', async () => {
    const server = having(undefined, clients);
    const { find } = await open(server);
    const again = await find<HTMLButtonElement>('[role=alert] button');
    const asked = () => server.calls.filter(call => call.startsWith('GET /api/analytics')).length;
    const before = asked();
    again.click();
    await until(async () => asked() > before);
  });
});
