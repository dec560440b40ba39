/** What was given up is tried again, copies are gone back to, archives come in, sites are copied, deleted clients come back. */
import { same } from '../../embed-sdk/testing/assert.ts';
import { problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';
import { serving } from '../testing/serving.ts';

const dead = (id: string, error: string) => ({
  id,
  kind: 'event',
  name: 'zoo.animal.created',
  handler: 'zoo.sendWelcome',
  record: 'r1',
  state: 'dead',
  attempts: 8,
  error,
  at: '2026-03-01T10:00:00Z',
  nextTryAt: null,
});
const copy = {
  id: 'p1',
  reason: 'asked for',
  createdAt: '2026-03-01T10:00:00Z',
  expiresAt: '2026-03-31T10:00:00Z',
};
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

describe('background work', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const base = '/api/clients/c1/deliveries';

  it('shows what was given up and why, tries it again, and discards after a question', async () => {
    const server = serving({
      [`GET ${base}`]: [dead('e1', 'Error: no mail server'), dead('e2', 'Error: full')],
      [`POST ${base}/e1/replay`]: null,
      [`POST ${base}/e2/replay`]: null,
      [`POST ${base}/e2/discard`]: null,
    });
    desk = await openDesk('/clients/c1/work', server);
    const { find, accessible } = desk;
    await find('tr', 'Zoo: send welcome, after Zoo: animal created');
    await find('td', 'Error: no mail server');
    await accessible();
    (await find<HTMLButtonElement>('tr button', 'Try again')).click();
    await find('[role=status]', 'It is tried again now');
    (await find<HTMLButtonElement>('.actions button', 'Try all again')).click();
    await find('[role=status]', '2 are tried again now');
    (await find<HTMLButtonElement>('tr:nth-of-type(2) button.danger')).click();
    (await find<HTMLButtonElement>('dialog[open] button.primary', 'Discard')).click();
    await find('[role=status]', 'It was discarded');
    same(
      server.writes.map(call => call.slice(call.lastIndexOf('deliveries/') + 11)).join(),
      'e1/replay {},e1/replay {},e2/replay {},e2/discard {}',
    );
  });

  it('says that nothing was given up', async () => {
    desk = await openDesk('/clients/c1/work', serving({ [`GET ${base}`]: [] }));
    await desk.find('.empty', 'Nothing was given up');
    await desk.accessible();
  });
});

describe('data of a client', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const base = '/api/clients/c1';
  const served = {
    [`GET ${base}/snapshots`]: [copy],
    [`POST ${base}/snapshots`]: copy,
    [`POST ${base}/snapshots/p1/restore`]: null,
    [`DELETE ${base}/snapshots/p1`]: null,
    [`GET ${base}/removed-modules`]: [
      { module: 'aquarium', version: '1.2.0', removedAt: copy.createdAt, dropsAt: copy.expiresAt },
    ],
    [`POST ${base}/installations`]: {},
    [`POST ${base}/import`]: { records: 12, files: 3, sites: [{}], suppressed: 1, omitted: [] },
  };

  it('goes along as an archive, has copies to go back to after a question, and what was uninstalled', async () => {
    const server = serving(served);
    desk = await openDesk('/clients/c1/data', server);
    const { find, accessible } = desk;
    same((await find('a[download]', 'Download the archive')).getAttribute('href'), '/api/clients/c1/export');
    await find('h3', 'Copy of');
    await accessible();
    (await find<HTMLButtonElement>('button', 'Make a copy')).click();
    await find('[role=status]', 'A copy was made');
    (await find<HTMLButtonElement>('li button', 'Go back to it')).click();
    await find('dialog[open]', 'so you can take this back');
    (await find<HTMLButtonElement>('dialog[open] button.primary')).click();
    await find('[role=status]', 'The records are those of');
    (await find<HTMLButtonElement>('li button', 'Bring back')).click();
    await find('[role=status]', 'Aquarium is back with its records');
    same(
      server.writes.map(call => call.replace(`${base}/`, '')).join('; '),
      'POST snapshots {}; POST snapshots/p1/restore {}; POST installations {"module":"aquarium"}',
    );
  });

  it('comes in from an archive, and says what came or what was wrong', async () => {
    const server = serving(served);
    desk = await openDesk('/clients/c1/data', server);
    const { find } = desk;
    const input = await find<HTMLInputElement>('input[type=file]');
    const files = new DataTransfer();
    files.items.add(new File(['PK'], 'client.zip', { type: 'application/zip' }));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    server.next.push(problem(409, 'IN_USE', { detail: 'This client has records already.' }));
    const button = await find<HTMLButtonElement>('button[type=submit]', 'Bring it in');
    button.click();
    await find('[role=alert]', 'has records already');
    button.click();
    await find('[role=status]', 'In: 12 records, 3 files, 1 sites.');
    await find('p', '1 records came without their person');
    same(server.writes.join(), [`POST ${base}/import`, `POST ${base}/import`].join());
  });
});

describe('sites and clients', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());

  it('a site is copied, to its own client or another one', async () => {
    const server = serving({
      'GET /api/sites/s1': site,
      'GET /api/sites/s1/origins': [],
      'GET /api/sites/s1/refused-origins': [],
      'GET /api/sites/s1/modules': [],
      'GET /api/sites/s1/hosts': [],
      'POST /api/sites/s1/clone': { ...site, id: 's2', name: 'Copy' },
    });
    desk = await openDesk('/clients/c1/sites/s1', server);
    const { find, type } = desk;
    (await find<HTMLButtonElement>('button', 'Copy this site')).click();
    await find('option', 'Rosas Salon');
    await type('desk-site-copy input, form.panel #name', 'Copy');
    (await find<HTMLButtonElement>('button', 'Make the copy')).click();
    await find('[role=status]', 'Copy was made');
    same(server.writes.join(), 'POST /api/sites/s1/clone {"name":"Copy","clientId":"c1"}');
  });

  it('a deleted client comes back, or is gone for good once its name is written', async () => {
    const server = serving({
      'GET /api/removed-clients': [{ id: 'c9', name: 'Old Mill', deletedAt: copy.createdAt, purgedAt: copy.expiresAt }],
      'POST /api/removed-clients/c9/restore': {},
      'POST /api/clients/c9/purge': null,
    });
    desk = await openDesk('/clients', server);
    const { find, type, accessible } = desk;
    await find('h3', 'Old Mill');
    await accessible();
    (await find<HTMLButtonElement>('button', 'Bring back')).click();
    await find('[role=status]', 'Old Mill is back');
    (await find<HTMLButtonElement>('button.danger', 'Delete for good now')).click();
    const errors = [{ pointer: '/confirm', code: 'MISMATCH', message: "Write the client's name." }];
    server.next.push(problem(422, 'VALIDATION_FAILED', { errors }));
    await type('#confirm', 'Old Mil');
    (await find<HTMLButtonElement>('form button.danger')).click();
    await find('.wrong', "Write the client's name.");
    await type('#confirm', 'Old Mill');
    (await find<HTMLButtonElement>('form button.danger')).click();
    await find('[role=status]', 'Old Mill is gone for good');
    same(server.writes.at(-1), 'POST /api/clients/c9/purge {"confirm":"Old Mill"}');
  });
});
