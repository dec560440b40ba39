/** New versions on their way over the clients: how far, where they stopped, whom they were not for. */
import { same } from '../../embed-sdk/testing/assert.ts';
import type { Rollout } from '../../schemas/protocol/index.ts';
import { problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';
import { serving } from '../testing/serving.ts';

const none = { pending: 0, migrating: 0, done: 0, failed: 0 };
const rollout = (id: string, state: Rollout['state'], more: Partial<Rollout> = {}): Rollout => ({
  ...{ id, module: 'zoo', version: `2.${id.slice(1)}.0`, state, cohort: 2 },
  ...{ createdAt: '2026-03-01T10:00:00Z', updatedAt: '2026-03-01T11:00:00Z' },
  clients: { pending: 7, migrating: 1, done: 3, failed: 2 },
  cohorts: { 1: { ...none, done: 1 }, 2: { ...none, done: 2, failed: 2 }, 3: { ...none, pending: 7, migrating: 1 } },
  failures: [],
  ...more,
});
const zoo = { name: 'zoo', id: 'inlay.zoo', version: '2.9.0', label: 'Zoo', requires: [], categories: [] };
const at = '/api/agency/updates';
const going = { held: false, since: null };
const answersOf = (rollouts: readonly Rollout[]): Record<string, unknown> => ({
  ...{ 'GET /api/rollouts': rollouts, 'GET /api/modules': [zoo], [`GET ${at}`]: going, [`PUT ${at}`]: going },
});
const showing = (rollouts: readonly Rollout[]) => serving(answersOf(rollouts));

describe('updates', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());

  it('says how far each has come in each cohort, and why it stands', async () => {
    const failures = [
      { clientId: 'c1', error: 'NOT NULL constraint failed: zoo_animal.legs' },
      { clientId: 'c9', error: 'skipped: the module was removed' },
    ];
    const list = [
      rollout('r1', 'stopped', { failures }),
      rollout('r2', 'running', { cohort: null }),
      rollout('r3', 'paused'),
      rollout('r4', 'aborted'),
      rollout('r5', 'done', { module: 'fish-tank' }),
    ];
    desk = await openDesk('/updates', showing(list));
    const { find, accessible } = desk;
    await find('h2', 'Zoo 2.1.0');
    await find('.badge', 'Stopped');
    await find('p', 'failed for too many clients among the next tenth');
    await find('p', '3 of 13 clients have it');
    const row = await find('tr', 'Then 10 %');
    same([...row.querySelectorAll('td')].map(cell => cell.textContent).join(), '2,0,0,2');
    same((await find<HTMLProgressElement>('progress')).value, 3);
    (await find('summary', '2 clients were left out')).click();
    same((await find('details a', 'Rosas Salon')).getAttribute('href'), '/clients/c1/modules');
    await find('li', 'A client that was deleted');
    await find('li', 'NOT NULL constraint failed');
    await find('p', 'It has not come to anybody yet.');
    await find('p', 'holds it back');
    await find('p', 'a newer version took its place');
    await find('h2', 'Fish tank 2.5.0');
    same((await find('a[aria-current=page]', 'Updates')).getAttribute('href'), '/updates');
    await accessible();
  });

  it('goes on by itself while one is on its way', async () => {
    const list = [rollout('r1', 'running')];
    desk = await openDesk('/updates', showing(list));
    await desk.find('[role=status]', '3 of 13 clients have it');
    list[0] = rollout('r1', 'done', { clients: { ...none, done: 13 } });
    await desk.find('p', '13 of 13 clients have it');
    await desk.find('.badge', 'Through');
  });

  it('are held by a press, and go on by another', async () => {
    const clients = { ...none, pending: 7, done: 3 };
    const answers = answersOf([rollout('r1', 'running', { clients })]);
    const server = serving(answers);
    desk = await openDesk('/updates', server);
    const { find, accessible } = desk;
    await find('.badge', 'On its way');
    const press = async () => (await find<HTMLInputElement>('input[role=switch]')).click();
    answers[`GET ${at}`] = { held: true, since: '2026-03-01T12:00:00Z' };
    await press();
    await find('.badge', 'Waits for you');
    await find('.hint', 'Held since');
    await find('p', 'until you let updates go on');
    await accessible();
    answers[`GET ${at}`] = going;
    await press();
    await find('.badge', 'On its way');
    same(server.writes, [`PUT ${at} {"held":true}`, `PUT ${at} {"held":false}`]);
  });

  it('says that there is none, and what went wrong', async () => {
    desk = await openDesk('/updates', showing([]));
    await desk.find('.empty', 'No update is on its way');
    await desk.accessible();
    desk.close();
    const server = showing([]);
    const { fetch } = server;
    const refusing = (path: string, init?: RequestInit) =>
      path === '/api/rollouts' ? Promise.resolve(problem(500, 'INTERNAL')) : fetch(path, init);
    desk = await openDesk('/updates', { ...server, fetch: refusing });
    await desk.find('[role=alert]', 'Something went wrong on our side');
  });
});
