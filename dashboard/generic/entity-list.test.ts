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
    ok(desk.server.calls.at(-1)!.includes('q=r2'), 'filters on the server');
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
    (await desk.find('[role=menuitem]', 'Mark as lost')).click();
    const dialog = await desk.find<HTMLDialogElement>('dialog[open]', 'Mark as lost');
    ok(dialog.textContent?.includes('from “New” to “Lost”'), 'says what happens');
    (await desk.find('dialog button.danger')).click();
    await until(() => desk.server.animals[0]!['state'] === 'lost');
    await desk.find('.badge', 'Lost');
  });

  it('narrows by any field, and keeps that in the address', async () => {
    desk = await openDesk(path, fakeServer([animal('r1'), animal('r2', { legs: 2 })]));
    (await desk.find('[role=menuitem]', 'Legs')).click();
    await desk.type('.chip input[type=number]', '2');
    await until(() => desk.server.calls.some(call => call.includes('filter[legs][eq]=2')));
    await until(() => desk.seen('p', '1 in total'));
    ok(decodeURIComponent(location.search).includes('filter.legs=eq:2'), 'is kept in the address');
    await desk.accessible();
    (await desk.find('.chip button[aria-label^="Remove"]')).click();
    await until(() => desk.seen('p', '2 in total'));
  });

  it('opens as its address says: filter, order and columns', async () => {
    desk = await openDesk(`${path}?filter.sort=in:bird&sort=-legs&columns=name,legs`);
    await desk.find('.chip', 'Sort');
    await until(() =>
      desk.server.calls.some(call => call.includes('filter[sort][in]=bird') && call.includes('sort=-legs')),
    );
    ok(!desk.seen('th', 'Keeper') && desk.seen('th', 'Legs'), 'has the chosen columns');
  });

  it('deletes several at once, brings them back, and lists what was deleted', async () => {
    desk = await openDesk(path, fakeServer([animal('r1'), animal('r2'), animal('r3')]));
    for (const name of ['r1', 'r3']) (await desk.find(`td input[aria-label="Choose Animal ${name}"]`)).click();
    await desk.find('.many', '2 chosen');
    await desk.accessible();
    (await desk.find('.many button', 'Delete')).click();
    await desk.find('.toast', '2 animals was deleted');
    await until(() => desk.seen('p', '1 in total'));
    (await desk.find('.actions [role=menuitem]', 'Deleted animals')).click();
    await desk.find('h1', 'Deleted animals');
    (await desk.find('td button', 'Restore Animal r1')).click();
    await until(() => !desk.server.animals[0]!['deletedAt']);
    (await desk.find('.toast button', 'Undo')).click();
    await until(() => !desk.server.animals[2]!['deletedAt']);
  });

  it('takes a step with all that are chosen, where all can take it', async () => {
    desk = await openDesk(path, fakeServer([animal('r1'), animal('r2'), animal('r3', { state: 'active' })]));
    await desk.find('td input');
    (await desk.find('th input')).click();
    await desk.find('.many', '3 chosen');
    ok(!desk.seen('.many button', 'Admit'), 'one of them cannot');
    (await desk.find('td input[aria-label="Choose Animal r3"]')).click();
    (await desk.find('.many button', 'Admit')).click();
    await until(() => desk.server.animals.every(one => one['state'] === 'active'));
  });
});
