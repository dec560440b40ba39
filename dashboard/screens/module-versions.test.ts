/** Versions at the desk: what a change brings and allows in sentences, agreement, staying, going back, installing. */
import { same } from '../../embed-sdk/testing/assert.ts';
import type { VersionPlan } from '../../schemas/protocol/index.ts';
import { fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';
import { zoo } from '../testing/zoo-manifest.ts';
import { grownSentences } from './grown-sentences.ts';

const parts = { entities: [], fields: [], actions: [] };
const change = {
  module: 'zoo',
  from: '2.0.0',
  to: '2.1.0',
  added: { ...parts, fields: ['animal.chip'] },
  removed: parts,
  permissions: ['public may read animal: name, chip'],
  scopes: ['reach maps.example.com'],
};
const consent = ['zoo: public may read animal: name, chip', 'zoo: reach maps.example.com'];
const summaries = ['zoo', 'aquarium'].map(name => ({
  name,
  id: `inlay.${name}`,
  version: name === 'zoo' ? '2.1.0' : '1.0.0',
  type: 'app',
  label: name === 'zoo' ? 'Zoo' : 'Aquarium',
  description: 'Animals',
  icon: 'module',
  categories: [],
  requires: [],
}));

/** A server with a newer version of the zoo, and an aquarium to install. */
const versioned = (plan: Partial<VersionPlan> = {}) => {
  const server = fakeServer();
  const { fetch } = server;
  const zooNow = { module: 'zoo', version: '2.0.0', settings: {}, installedAt: '', pinned: false };
  let installed = { ...zooNow, previousVersion: null as string | null };
  const upgrade = { changes: [change], conflicts: [], consent, done: false, ...plan };
  const aquarium = { ...change, module: 'aquarium', from: null, to: '1.0.0' };
  const reply = (pathname: string, body: Record<string, unknown>): unknown => {
    if (pathname === '/api/modules') return summaries;
    if (pathname === '/api/modules/aquarium') return { name: 'aquarium', manifest: { ...zoo, id: 'inlay.aquarium' } };
    if (pathname.endsWith('/versions'))
      return ['3.0.0', '2.1.0', '2.0.0'].map(version => ({ version, publishedAt: '2026-03-01T10:00:00Z' }));
    if (pathname.endsWith('/contract')) return { version: installed.version, parts: [], blockers: [], last: null };
    if (pathname.endsWith('/installations') && body['module'])
      return body['dryRun'] ? { changes: [aquarium], conflicts: [], consent: [], done: false } : installed;
    if (pathname.endsWith('/installations')) return [installed];
    if (pathname.endsWith('/upgrade') && body['dryRun'])
      return { ...upgrade, changes: [{ ...change, to: String(body['version']) }] };
    if (pathname.endsWith('/upgrade')) {
      installed = { ...installed, version: String(body['version']), previousVersion: '2.0.0' };
      return { ...upgrade, done: true };
    }
    if (pathname.endsWith('/rollback')) installed = { ...installed, version: '2.0.0', previousVersion: null };
    if (pathname.endsWith('/installations/zoo')) installed = { ...installed, ...body };
    return installed;
  };
  return {
    ...server,
    fetch: async (path: string, init: RequestInit = {}) => {
      const { pathname } = new URL(path, 'http://x');
      if (!pathname.includes('/installations') && !/\/modules(\/aquarium)?$/.test(pathname)) return fetch(path, init);
      const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
      server.calls.push(`${init.method ?? 'GET'} ${pathname}`);
      const writes = (init.method ?? 'GET') !== 'GET' && !body.dryRun;
      if (writes) server.bodies.push(body);
      const forced = writes ? server.next.shift() : undefined;
      return forced ?? Response.json({ data: reply(pathname, body) });
    },
  };
};

describe('versions at the desk', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const open = async (server = versioned()) => {
    desk = await openDesk('/clients/c1/modules', server);
    (await desk.find<HTMLButtonElement>('button', 'Update to 2.1.0 Zoo')).click();
    return { ...desk, server };
  };
  const choose = async ({ find }: OpenDesk, version: string) => {
    const select = await find<HTMLSelectElement>('select');
    select.value = version;
    select.dispatchEvent(new Event('change'));
  };

  it('an update says what is new and what grows, asks for agreement, and sends it', async () => {
    const { find, seen, server, accessible } = await open();
    await find('li', 'New in animal: chip number.');
    await find('li', 'Visitors of the website may see animals: name, chip number');
    await find('li', 'It may send data to maps.example.com');
    same(seen('.notice', 'Another main version'), undefined);
    await accessible();
    await choose(desk!, '3.0.0');
    await find('.notice', 'Another main version');
    await choose(desk!, '2.1.0');
    (await find<HTMLButtonElement>('button.primary', 'Update to 2.1.0')).click();
    await find('[role=alert]', 'Say that you agree');
    same(server.bodies.length, 0);
    (await find<HTMLInputElement>('#agree')).click();
    (await find<HTMLButtonElement>('button.primary', 'Update to 2.1.0')).click();
    await find('[role=status]', 'Zoo is at 2.1.0');
    same(JSON.stringify(server.bodies.at(-1)), JSON.stringify({ version: '2.1.0', consent }));
    await find('h3', '2.1.0');
  });

  it('an update that grew meanwhile shows what it may do again', async () => {
    const { find, server } = await open();
    (await find<HTMLInputElement>('#agree')).click();
    server.next.push(problem(409, 'CONFLICT', { consent: ['zoo: reach other.example.com'] }));
    (await find<HTMLButtonElement>('button.primary', 'Update to 2.1.0')).click();
    await find('[role=alert]', 'has changed meanwhile');
    same((await find<HTMLInputElement>('#agree')).checked, false);
  });

  it('what stands against it is said, and there is nothing to press', async () => {
    const { find, seen, accessible } = await open(versioned({ conflicts: ['shop 1.0.0 requires zoo ^2.0.0.'] }));
    await find('.notice.warn', 'shop 1.0.0 requires zoo');
    same(seen('button.primary', 'Update to'), undefined);
    await accessible();
  });

  it('stays at its version, and goes back after a question', async () => {
    const { find, server } = await open();
    (await find<HTMLInputElement>('input.switch')).click();
    await find('[role=status]', 'Zoo stays at 2.0.0');
    same(JSON.stringify(server.bodies.at(-1)), JSON.stringify({ pinned: true }));
    await find('h3', 'stays at 2.0.0');
    (await find<HTMLInputElement>('#agree')).click();
    (await find<HTMLButtonElement>('button.primary', 'Update to 2.1.0')).click();
    (await find<HTMLButtonElement>('button', 'Go back to 2.0.0')).click();
    await find('dialog[open]', 'Go back to Zoo 2.0.0?');
    (await find<HTMLButtonElement>('dialog button.primary', 'Go back to 2.0.0')).click();
    await find('[role=status]', 'Zoo is back at 2.0.0');
  });

  it('before an install it says what the module may do', async () => {
    desk = await openDesk('/clients/c1/modules', versioned());
    const { find, accessible, server } = desk;
    (await find<HTMLButtonElement>('button', 'Install Aquarium')).click();
    await find('h3', 'What Aquarium may do');
    await find('li', 'It may send data to maps.example.com');
    await accessible();
    (await find<HTMLButtonElement>('button.primary', 'Install 1.0.0')).click();
    await find('[role=status]', 'Aquarium is installed');
    same(JSON.stringify(server.bodies.at(-1)), JSON.stringify({ module: 'aquarium', version: '1.0.0' }));
  });

  it('every kind of line is a sentence, and one that nobody knows stays as it is', () => {
    const permissions = [
      'public may call book',
      'customer may update animal where {"state":{"eq":"new"}}: name',
      'staff may delete keeper',
      'admin may read animal: every field',
      'nobody knows',
    ];
    const scopes = ['call party.findPerson', 'keep stars on zoo.animal', 'book acts as the system'];
    const said = grownSentences({ module: 'zoo', permissions, scopes }, new Map([['zoo', zoo]]));
    same(
      said.join('\n'),
      [
        'Visitors of the website may use “Book”',
        'Customers may change animals, but only some of them: name',
        'It may use “Find person” of Party',
        'It keeps “Stars” with every animal of Zoo',
        '“Book” may read and change everything of this module, whoever uses it',
        'Your team may delete keepers',
        'Admins may see animals: every field',
        'nobody knows',
      ].join('\n'),
    );
  });
});
