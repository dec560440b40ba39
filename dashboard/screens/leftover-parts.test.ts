/** What earlier versions left behind: told in words, what stands in its way, taken away after a question, and what became of it. */
import { same } from '../../embed-sdk/testing/assert.ts';
import type { Contraction, ContractPlan } from '../../schemas/protocol/index.ts';
import { fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

const part = (name: string, entity: string, field: string | null, rows: number, more: object = {}) => ({
  ...{ name, label: { entity, field }, last: '1.8.0', rows, emptied: false, announced: true },
  ...more,
});
const parts = [
  part('animal.chipCode', 'Animal', null, 12, { announced: false }),
  part('animal.nick', 'Animal', 'Pet name', 0, { emptied: true }),
  part('badge', 'Badge', null, 1),
];
const run: Contraction = {
  id: 'x1',
  version: '2.0.0',
  parts: ['animal.chipCode', 'animal.nick', 'badge'],
  snapshotId: 'p1',
  state: 'running',
  error: null,
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
};
const summary = {
  ...{ name: 'zoo', id: 'inlay.zoo', version: '2.0.0', type: 'app', label: 'Zoo', description: 'Animals' },
  ...{ icon: 'module', categories: [], requires: [] },
};

/** The version of the zoo, with these answers to what is left over, one after the other; the last one stays. */
const leaving = (plans: Partial<ContractPlan>[], role = 'owner') => {
  const server = fakeServer();
  const { fetch } = server;
  let previousVersion: string | null = '1.8.0';
  let asked = 0;
  const writes: string[] = [];
  const reply = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(path, 'http://x');
    const data = (value: unknown, status = 200) => Response.json({ data: value }, { status });
    if (init.method && init.method !== 'GET' && pathname.includes('/installations/zoo')) {
      writes.push(`${init.method} ${pathname.split('/installations/')[1]} ${init.body}`);
      const forced = server.next.shift();
      if (forced) return forced;
      if (init.method === 'PATCH') previousVersion = null;
      return data(run, 202);
    }
    if (pathname === '/api/session') {
      const whole = (await (await fetch(path, init)).json()) as { data: object };
      return data({ ...whole.data, role });
    }
    if (pathname === '/api/modules') return data([summary]);
    if (pathname.endsWith('/versions')) return data([{ version: '2.0.0', publishedAt: run.createdAt }]);
    if (pathname.endsWith('/installations'))
      return data([{ module: 'zoo', version: '2.0.0', settings: {}, installedAt: '', pinned: false, previousVersion }]);
    if (!pathname.endsWith('/contract')) return fetch(path, init);
    const plan = plans[Math.min(asked++, plans.length - 1)]!;
    return data({ version: '2.0.0', parts: [], blockers: [], last: null, ...plan });
  };
  return { ...server, writes, fetch: reply };
};

describe('what earlier versions left over', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const open = async (server: ReturnType<typeof leaving>) => {
    desk = await openDesk('/clients/c1/modules', server);
    (await desk.find<HTMLButtonElement>('button', 'Version Zoo')).click();
    return desk;
  };

  it('is told in words, taken away after a question, and told as done when it is', async () => {
    const done = { ...run, state: 'done' } as const;
    const server = leaving([{ parts }, { parts, last: run }, { parts, last: run }, { last: done }]);
    const { find, seen, accessible } = await open(server);
    await find('li', 'Animal: chip code');
    await find('li', 'filled in 12 records; last used by 1.8.0; its maker has not said that it may go');
    await find('li', 'Animal: pet name');
    await find('li', 'nothing in it; last used by 1.8.0; its place stays, empty');
    await find('li', 'Badge, all of it');
    await find('p', 'A copy of all records is made first');
    await accessible();
    (await find<HTMLButtonElement>('button.danger', 'Take them away')).click();
    await find('dialog[open] h2', 'Take 3 parts of Zoo away?');
    await find('dialog[open]', 'Animal: chip code; Animal: pet name; Badge, all of it');
    same(server.writes.length, 0);
    (await find<HTMLButtonElement>('dialog[open] button.primary')).click();
    await find('[role=status] progress');
    same(seen('button.danger:not(.primary)', 'Take them away'), undefined);
    await find('[role=status]', 'Taken away');
    same((await find('[role=status] a', 'The copy from before')).getAttribute('href'), '/clients/c1/data');
    await accessible();
    same(server.writes.join(), 'POST zoo/contract {"parts":["animal.chipCode","animal.nick","badge"]}');
  });

  it('cannot go while a way back needs it, which can be given up', async () => {
    const blockers = [
      { kind: 'rollback', text: 'A rollback to 1.8.0 needs badge. Give up the rollback first.' },
      { kind: 'filling', text: 'Rows of zoo are still being filled in.' },
      { kind: 'reference', text: 'shop_order.animal points to zoo_animal.' },
      { kind: 'rollout', text: 'A rollout of zoo has not passed this client yet.' },
    ] as const;
    const server = leaving([{ parts, blockers }, { parts, blockers }, { parts }]);
    const { find, seen, accessible } = await open(server);
    await find('.notice p', 'Going back to 1.8.0 needs them');
    await find('.notice p', 'shop_order.animal points to zoo_animal.');
    await find('.notice p', 'An update of Zoo is on its way');
    same(seen('button', 'Take them away'), undefined);
    await accessible();
    (await find<HTMLButtonElement>('button', 'Look again')).click();
    (await find<HTMLButtonElement>('button', 'Give up going back')).click();
    (await find<HTMLButtonElement>('dialog[open] button.primary', 'Give up going back')).click();
    await find('[role=status]', 'Zoo no longer goes back to 1.8.0');
    await find('button', 'Take them away');
    same(server.writes.join(), 'PATCH zoo {"previousVersion":null}');
  });

  it('says that nothing is left, why the last run stopped, and what the server refused', async () => {
    await open(leaving([{}]));
    await desk!.find('p', 'Nothing is left over from earlier versions.');
    await desk!.accessible();
    desk!.close();
    const failed = { ...run, state: 'failed', error: 'disk full', snapshotId: null } as const;
    const server = leaving([{ parts, last: failed }]);
    const { find } = await open(server);
    await find('[role=status]', 'disk full');
    server.next.push(problem(409, 'CONFLICT', { detail: 'What would go is badge. Send that list.' }));
    (await find<HTMLButtonElement>('button', 'Take them away')).click();
    (await find<HTMLButtonElement>('dialog[open] button.primary')).click();
    await find('[role=alert]', 'What would go is badge');
  });

  it('a member sees it, and who may take it away', async () => {
    const { find, seen } = await open(leaving([{ parts }], 'member'));
    await find('p', 'An owner or an administrator of the agency');
    same(seen('button', 'Take them away'), undefined);
  });
});
