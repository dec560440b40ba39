/** The activity screen says in words what was done, and spells out what it has no words for. */
import { same } from '../../embed-sdk/testing/assert.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { openDesk } from '../testing/open-desk.ts';

it('activity is told in words, and searched by them', async () => {
  const server = fakeServer();
  const entries = ['session.create', 'site.update', 'robot.dance'].map((action, index) => ({
    id: `e${index}`,
    at: '2026-03-01T10:00:00Z',
    actor: { kind: 'user', name: 'Rosa' },
    action,
    subject: 'x',
    diff: null,
  }));
  const desk = await openDesk('/audit', {
    ...server,
    fetch: async (path, init) =>
      path.startsWith('/api/audit') ? Response.json({ data: entries }) : server.fetch(path, init),
  });
  for (const words of ['Signed in', 'Changed a site', 'Robot dance']) await desk.find('tbody td', words);
  await desk.type('input[type=search]', 'signed');
  await desk.find('[role=status]', '1 entry');
  same((await desk.find('tbody')).children.length, 1);
  await desk.accessible();
  desk.close();
});
