/** The analytics screen: figures and charts that can be read without seeing them, another period, nothing yet, an error. */
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import { fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

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
const values = {
  visitors: 12,
  views: 30,
  visits: 14,
  bounceRate: 0.25,
  visitSeconds: 125,
  starts: 4,
  completions: 3,
  conversionRate: 0.75,
};

/** A server that has counted `views` a day. */
const counting = (views: number, failing = false) => {
  const server = fakeServer();
  const { fetch } = server;
  const reply = (path: string, init: RequestInit = {}): Response => {
    const { pathname, searchParams } = new URL(path, 'http://x');
    server.calls.push(`${init.method ?? 'GET'} ${path}`);
    if (pathname === '/api/sites/s1')
      return Response.json({ data: { ...site, ...JSON.parse(`${init.body ?? '{}'}`) } });
    if (failing) return problem(500, 'INTERNAL');
    if (pathname.endsWith('/funnels')) {
      const steps = ['impression', 'start', 'complete'].map((kind, index) => ({
        kind,
        name: '',
        count: views >> index,
      }));
      return Response.json({ data: [{ widget: 'inlay-booking', label: 'Booking', steps }] });
    }
    if (pathname.endsWith('/vitals')) {
      return Response.json({ data: views ? [{ name: 'lcp', widget: '', count: 9, p75: 2600 }] : [] });
    }
    const [from, to, by] = ['from', 'to', 'by'].map(name => searchParams.get(name));
    const interval = searchParams.get('interval') ?? 'total';
    if (by === 'error' || by === 'variant') {
      const told = {
        error: { key: 'TIMEOUT', values: { errors: 3 } },
        variant: { key: 'b', values: { impressions: 8 } },
      };
      const sampling = { counted: 0, seen: 0 };
      return Response.json({ data: { from, to, interval, by, rows: views ? [told[by]] : [], totals: {}, sampling } });
    }
    const rows = by
      ? [
          { key: by === 'path' ? '/prices' : '', values: { visitors: 9, views: 20, completions: 3 } },
          { key: '(other)', values: { visitors: 3, views: 10, completions: 0 } },
        ]
      : [from, to].map(at => ({ at, values: { ...values, views } }));
    const totals = views ? { ...values, views: views * 2 } : { ...values, views: 0 };
    const sampling = { counted: views * 4, seen: views * 2 };
    return Response.json({
      data: { from, to, zone: site.zone, interval, by, rows: views ? rows : [], totals, sampling },
    });
  };
  return {
    ...server,
    fetch: async (path: string, init?: RequestInit) =>
      path.startsWith('/api/sites/') ? reply(path, init) : fetch(path, init),
  };
};

describe('analytics', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const open = async (server: ReturnType<typeof counting>) => {
    desk = await openDesk('/clients/c1/sites/s1/analytics', server);
    return desk;
  };

  it('shows figures, a line with its table, where visitors come from, and says that it was sampled', async () => {
    const { find, accessible } = await open(counting(1000));
    await find('.figures button', '2,000');
    await find('.notice', '50%');
    (await find<HTMLElement>('summary')).click();
    const row = await find('details tbody tr');
    same(row.parentElement!.children.length, 2);
    await find('details td.number', '12');
    (await find<HTMLButtonElement>('.figures button', 'Views')).click();
    await find('details td.number', '1,000');
    await find('table.bars tr', '/prices');
    await find('table.bars tr', 'All others');
    await find('table.funnel tr', '25%');
    await find('.facts div', 'Could be better');
    await find('.figures > div', '25%');
    await find('.figures > div', '2:05');
    await find('table.bars tr', 'The server took too long');
    await find('.card', 'Variants of a widget');
    await accessible();
  });

  it('another period asks for its dates', async () => {
    const server = counting(10);
    const { find } = await open(server);
    await find('.figures');
    const days = () => {
      const url = new URL(
        server.calls.findLast(call => call.includes('interval=day') || call.includes('interval=week'))!.slice(4),
        'http://x',
      );
      return (Date.parse(url.searchParams.get('to')!) - Date.parse(url.searchParams.get('from')!)) / 86_400_000 + 1;
    };
    same(days(), 30);
    const week = await find<HTMLElement>('.segments label', '7 days');
    week.querySelector('input')!.click();
    for (let tries = 0; tries < 100 && days() !== 7; tries++) await new Promise(resume => setTimeout(resume, 10));
    same(days(), 7);
  });

  it('changes who is counted', async () => {
    const server = counting(10);
    const { find } = await open(server);
    (await find('.choices label', 'Only who agreed')).querySelector('input')!.click();
    await find('desk-toasts, desk-toast-stack, [role=status]', 'Who is counted was changed');
    ok(
      server.calls.some(call => call === 'PATCH /api/sites/s1'),
      server.calls.join('\n'),
    );
  });

  it('says what to do where nothing was counted, and what went wrong', async () => {
    const empty = await open(counting(0));
    await empty.find('.empty', 'Nothing counted yet');
    await empty.accessible();
    empty.close();
    const broken = await open(counting(1, true));
    await broken.find('[role=alert]', 'Something went wrong on our side');
  });
});
