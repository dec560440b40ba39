/** The list of an entity that is known from its manifest alone. */
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import { animal, fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

const path = '/clients/c1/m/zoo/animal';

describe('generic list', () => {
  let desk: OpenDesk;
  afterEach(() => desk.close());

  it('shows the declared columns, the count, and labels of references from one request', async () => {
    desk = await openDesk(path);
    await desk.find('td', 'Ota Keeper');
    ok(desk.seen('p', '2 in total'), 'says how many');
    same(desk.server.calls.filter(call => call.includes('/keeper')).length, 1);
    ok(
      desk.server.calls.some(call => call.includes('filter[id][in]=k1')),
      'asks by id',
    );
    await desk.accessible();
  });

  it('searches by label and orders by header', async () => {
    desk = await openDesk(path);
    (await desk.find('th button', 'Legs')).click();
    await until(() => desk.server.calls.some(call => call.includes('sort=legs')));
    await desk.type('input[type=search]', 'r2');
    await until(() => desk.seen('p', '1 in total'));
    ok(desk.server.calls.at(-1)!.includes('filter[name][contains]=r2'), 'filters on the server');
    ok(location.search.includes('find=r2'), 'is kept in the address');
  });

  it('turns pages by cursor', async () => {
    desk = await openDesk(path, fakeServer(Array.from({ length: 30 }, (_, n) => animal(`n${n}`))));
    await desk.find('span', '1–25 of 30');
    (await desk.find('nav button', 'Next')).click();
    await desk.find('span', '26–30 of 30');
    (await desk.find('nav button', 'Previous')).click();
    await desk.find('span', '1–25 of 30');
  });

  it('says what to do when there is nothing', async () => {
    desk = await openDesk(path, fakeServer([]));
    await desk.find('h2', 'No animals yet');
    ok(desk.seen('.empty a', 'New animal'), 'offers the first step');
    await desk.accessible();
  });

  it('offers to try again when reading fails', async () => {
    const server = fakeServer();
    let broken = true;
    desk = await openDesk(path, {
      ...server,
      fetch: async (to, init) => (broken && to.includes('/animal') ? problem(500, 'INTERNAL') : server.fetch(to, init)),
    });
    await desk.find('[role=alert]', 'our side');
    broken = false;
    (await desk.find('button', 'Try again')).click();
    await desk.find('a.name', 'Animal r1');
  });

  it('takes a step from a row, and asks first when it is a danger', async () => {
    desk = await openDesk(path);
    (await desk.find('.menu button', 'Mark as lost')).click();
    const dialog = await desk.find<HTMLDialogElement>('dialog[open]', 'Mark as lost');
    ok(dialog.textContent?.includes('from “New” to “Lost”'), 'says what happens');
    (await desk.find('dialog button.danger')).click();
    await until(() => desk.server.animals[0]!['state'] === 'lost');
    await desk.find('.badge', 'Lost');
  });
});
