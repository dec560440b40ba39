/** One record of an entity with every kind of field. */
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import { problem } from '../testing/fake-server.ts';
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
    ];
    for (const control of controls) await desk.find(control);
    ok(!desk.seen('label', 'Secret') && !desk.seen('label', 'Chip number'), 'what cannot be set has no control');
    await desk.accessible();
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
