/** One record of an entity with every kind of field. */
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import { animal, fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

const path = '/clients/c1/m/zoo/animal';

describe('generic record', () => {
  let desk: OpenDesk;
  afterEach(() => {
    history.replaceState(null, '', '/');
    desk.close();
  });

  it('has a control for every kind, shows read-only as text, hides what is hidden', async () => {
    desk = await openDesk(`${path}/r1`);
    await desk.find('desk-fields');
    const controls = [
      '#f-name',
      '#f-email[type=email]',
      'textarea#f-story',
      '#f-legs[type=number]',
      '#f-weight',
      '#f-price',
      '#f-tame[type=checkbox]',
      '#f-born[type=date]',
      '#f-seen[type=datetime-local]',
      '#f-feeding[type=time]',
      '#f-nap',
      '#f-zone[list]',
      'select#f-sort',
      'desk-ref-picker',
      '.days input',
      'desk-json-editor',
      '#f-home-house',
      'desk-file-picker',
      '#f-cage-lat',
      '#f-origin-line1',
      'select#f-origin-country',
      '#f-title-en',
    ];
    for (const control of controls) await desk.find(control);
    ok(!desk.seen('label', 'Secret') && !desk.seen('label', 'Chip number'), 'what cannot be set has no control');
    await desk.accessible();
  });

  it('sends a point, an address, a text by language and the id of a file as the API takes them', async () => {
    desk = await openDesk(`${path}/r1`);
    await desk.type('#f-cage-lat', '50.08');
    await desk.type('#f-cage-lng', '14.42');
    await desk.type('#f-origin-line1', 'Long Street 1');
    await desk.type('#f-origin-city', 'Prague');
    await desk.type('#f-origin-country', 'CZ');
    await desk.type('#f-title-en', 'Bear');
    await desk.type('select[aria-label^="Add a language"]', 'de');
    await desk.type('#f-title-de', 'Bär');
    const input = await desk.find<HTMLInputElement>('input[type=file]');
    const transfer = new DataTransfer();
    transfer.items.add(new File(['png'], 'bear.png', { type: 'image/png' }));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => desk.server.calls.includes('POST /api/files/f1/complete'));
    await desk.find('button[aria-label="Download: Photo"]');
    (await desk.find('button[type=submit]:not([disabled])')).click();
    await desk.find('.toast', 'was saved');
    same(desk.server.bodies.at(-1), {
      photo: 'f1',
      cage: { lat: 50.08, lng: 14.42 },
      origin: { line1: 'Long Street 1', city: 'Prague', country: 'CZ' },
      title: { en: 'Bear', de: 'Bär' },
    });
  });

  it('tells what was done to it, and why', async () => {
    const server = fakeServer();
    server.history = [
      {
        id: '2',
        at: '2026-01-02T00:00:00Z',
        actor: { kind: 'user', id: 'u1' },
        action: 'lose',
        diff: { state: 'lost', reason: 'Ran away' },
      },
      { id: '1', at: '2026-01-01T00:00:00Z', actor: { kind: 'key', id: null }, action: 'created', diff: { name: 'x' } },
    ];
    desk = await openDesk(`${path}/r1`, server);
    const entry = await desk.find('li', 'Mark as lost');
    ok(
      entry.textContent?.includes('You') && entry.textContent.includes('State: Lost · Ran away'),
      'says who, what and why',
    );
    await desk.find('li', 'An API key');
    await desk.accessible();
  });

  it('offers a step where the record can take it, and no way back by a step that leaves its state', async () => {
    desk = await openDesk(`${path}/r1`, fakeServer([animal('r1', { state: 'active' })]));
    await desk.find('.actions button', 'Rest');
    ok(!desk.seen('.actions button', 'Take for a walk'), 'it is not tame');
    desk.close();
    desk = await openDesk(`${path}/r2`, fakeServer([animal('r2', { state: 'active', tame: true })]));
    (await desk.find('.actions button', 'Take for a walk')).click();
    await desk.find('.toast', 'Animal r2: Take for a walk');
    ok(!desk.seen('.toast button', 'Undo'), 'there is no way back');
  });

  it('sends what was changed alone, with its version and one key for one wish', async () => {
    desk = await openDesk(`${path}/r1`);
    await desk.type('#f-name', 'Bear');
    desk.server.next.push(problem(503, 'UNAVAILABLE'));
    (await desk.find('button[type=submit]:not([disabled])')).click();
    await desk.find('.toast', 'Bear was saved');
    same(desk.server.bodies.filter(Boolean).slice(-2), [{ name: 'Bear' }, { name: 'Bear' }]);
    const [first, second] = desk.server.keys.filter(Boolean).slice(-2);
    same(first, second, 'the key of the second try');
    (await desk.find('.toast button', 'Undo')).click();
    await until(() => desk.server.animals[0]!['name'] === 'Animal r1');
  });

  it('shows what is wrong at the field, its own finding and the server’s', async () => {
    desk = await openDesk(`${path}/new`);
    (await desk.find('button[type=submit]', 'Create animal')).click();
    await desk.find('#f-legs-error', 'Fill this in');
    await desk.type('#f-name', 'Bear');
    await desk.type('#f-legs', '4');
    desk.server.next.push(
      problem(422, 'VALIDATION_FAILED', {
        errors: [{ pointer: '/name', code: 'TAKEN', message: 'There is a Bear already' }],
      }),
    );
    (await desk.find('button[type=submit]')).click();
    await desk.find('#f-name-error', 'There is a Bear already');
    same((await desk.find('#f-name')).getAttribute('aria-invalid'), 'true');
  });

  it('creates, and opens what it created', async () => {
    desk = await openDesk(`${path}/new`);
    await desk.type('#f-name', 'Bear');
    await desk.type('#f-legs', '4');
    (await desk.find('button[type=submit]')).click();
    await until(() => location.pathname === `${path}/made`);
    await desk.find('h1', 'Bear');
    same(desk.server.bodies.at(-1), { name: 'Bear', legs: 4, tame: false, sort: 'mammal', days: [], meals: [] });
  });

  it('says that someone else changed it, and overwrites on request', async () => {
    desk = await openDesk(`${path}/r1`);
    await desk.type('#f-name', 'Mine');
    Object.assign(desk.server.animals[0]!, { name: 'Theirs', rev: 9 });
    (await desk.find('button[type=submit]')).click();
    await desk.find('[role=alert]', 'Theirs');
    (await desk.find('button', 'Save mine anyway')).click();
    await until(() => desk.server.animals[0]!['name'] === 'Mine');
  });

  it('asks before leaving with changes that are not saved', async () => {
    desk = await openDesk(`${path}/r1`);
    await desk.type('#f-name', 'Half');
    (await desk.find('a.back')).click();
    await desk.find('dialog[open]', 'Leave without saving?');
    same(location.pathname, `${path}/r1`);
    (await desk.find('dialog button', 'Go back')).click();
    same(location.pathname, `${path}/r1`);
  });

  it('keeps text that is no JSON, says so, and does not send it', async () => {
    desk = await openDesk(`${path}/r1`);
    await desk.type('desk-json-editor', '');
    await desk.type('textarea.code', '{ "a": ');
    const writes = desk.server.bodies.length;
    (await desk.find('button[type=submit]')).click();
    await desk.find('#f-extra-error', 'not valid JSON');
    same(desk.server.bodies.length, writes);
  });

  it('deletes what is kept at once, and brings it back', async () => {
    desk = await openDesk(`${path}/r1`);
    (await desk.find('button', 'Delete animal')).click();
    await until(() => location.pathname === path);
    await until(() => Boolean(desk.server.animals[0]!['deletedAt']));
    (await desk.find('.toast button', 'Undo')).click();
    await until(() => !desk.server.animals[0]!['deletedAt']);
  });

  it('names what is lost before it deletes what is not kept', async () => {
    desk = await openDesk('/clients/c1/m/zoo/keeper/k1');
    (await desk.find('button', 'Delete keeper')).click();
    await desk.find('dialog[open]', 'Delete “Ota Keeper”?');
    await desk.find('dialog[open]', 'This cannot be undone');
    (await desk.find('dialog button.danger')).click();
    await until(() => desk.server.calls.includes('POST /api/m/zoo/v2/keeper/bulk'));
    await until(() => location.pathname === '/clients/c1/m/zoo/keeper');
  });
});
