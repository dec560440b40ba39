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

const dates = (from: string, to: string): string[] =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1 }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );

/** A server that has counted `views` a day, or events `earlier` than what is asked for. */
const counting = (views: number, failing = false, earlier = views) => {
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
      const ofBooking = searchParams.get('widget') === 'inlay-booking';
      const told = {
        error: { key: 'TIMEOUT', values: { errors: 3 } },
        variant: { key: ofBooking ? 'b' : '', values: { impressions: 8 } },
      };
      const sampling = { counted: 0, seen: 0 };
      return Response.json({ data: { from, to, interval, by, rows: views ? [told[by]] : [], totals: {}, sampling } });
    }
    const isEver = interval === 'total' && !by;
    const keys: Record<string, string> = { path: '/prices', locale: 'en-us-x' };
    const rows = by
      ? [
          { key: '(other)', values: { visitors: 30, views: 10, completions: 0 } },
          { key: keys[by] ?? '', values: { visitors: 9, views: 20, completions: 3 } },
        ]
      : interval === 'day'
        ? dates(from!, to!).map(at => ({ at, values: { ...values, views } }))
        : [];
    const totals = views ? { ...values, views: views * 2 } : { ...values, views: 0 };
    const sampling = isEver ? { counted: earlier, seen: earlier } : { counted: views * 4, seen: views * 2 };
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
    same(row.parentElement!.children.length, 30);
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
    await find('.card', 'Variants: Booking');
    const pages = await find('.card', 'Pages');
    same(pages.querySelector('tbody tr:last-child th')!.textContent!.trim(), 'All others');
    await find('table.bars tr', 'en-us-x');
    await accessible();
  });

  it('another period asks for its dates', async () => {
    const server = counting(10);
    const { find } = await open(server);
    await find('.figures');
    const days = () => {
      const url = new URL(server.calls.findLast(call => call.includes('interval=day'))!.slice(4), 'http://x');
      return (Date.parse(url.searchParams.get('to')!) - Date.parse(url.searchParams.get('from')!)) / 86_400_000 + 1;
    };
    same(days(), 30);
    const week = await find<HTMLElement>('.segments label', '7 days');
    week.querySelector('input')!.click();
    for (let tries = 0; tries < 100 && days() !== 7; tries++) await new Promise(resume => setTimeout(resume, 10));
    same(days(), 7);
  });

  it('a year is drawn by whole weeks, each beside the same days of the year before', async () => {
    const server = counting(10);
    const { find } = await open(server);
    (await find('.segments label', '12 months')).querySelector('input')!.click();
    await find('.key', 'Visitors, each week');
    (await find<HTMLElement>('summary')).click();
    const row = await find('details tbody tr', '84');
    const rows = [...row.parentElement!.children].map(tr => tr.lastElementChild!.textContent);
    same(rows.join(), Array(52).fill('84').join());
    ok(/\d.*–.*\d/.test(row.firstElementChild!.textContent!), row.firstElementChild!.textContent!);
    const asked = server.calls.filter(call => call.includes('interval=day')).slice(-2);
    const from = asked.map(call => Date.parse(new URL(call.slice(4), 'http://x').searchParams.get('from')!));
    same(((from[0]! - from[1]!) / 86_400_000) % 7, 0);
  });

  it('the scale of the line has whole numbers, whatever was most', async () => {
    for (const views of [1, 5, 9, 14, 70, 5_000]) {
      const { find } = await open(counting(views));
      (await find<HTMLButtonElement>('.figures button', 'Views')).click();
      await find('.key', 'Views, each day');
      const words = [...(await find('.scale')).children].map(span => span.textContent!);
      ok(!words.some(word => word.includes('.')), `${words} for ${views}`);
      const scale = words.map(word => Number(word.replace(/\D/g, '')));
      ok(scale[0]! >= views && scale.at(-1) === 0, `${scale} for ${views}`);
      desk?.close();
    }
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
    const quiet = await open(counting(0, false, 7));
    (await quiet.find<HTMLElement>('.empty button', 'Show 12 months')).click();
    await quiet.find('.segments input:checked + span', '12 months');
    quiet.close();
    const broken = await open(counting(1, true));
    await broken.find('[role=alert]', 'Something went wrong on our side');
  });
});
