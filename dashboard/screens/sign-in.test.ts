/** Signing in, being wrong, and where one lands. */
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

describe('signing in', () => {
  let desk: OpenDesk;
  afterEach(() => desk.close());

  const signedOut = () => Object.assign(fakeServer(), { signedIn: false });
  const submit = async (password: string) => {
    await desk.type('#email', 'rosa@studio.example');
    await desk.type('#password', password);
    (await desk.find('button[type=submit]')).click();
  };

  it('asks who has no session, and has no serious finding of axe', async () => {
    desk = await openDesk('/', signedOut());
    await desk.find('h1', 'Sign in');
    same(location.pathname, '/signin');
    await desk.accessible();
  });

  it('says that e-mail and password do not match', async () => {
    desk = await openDesk('/signin', signedOut());
    await submit('wrong');
    await desk.find('[role=alert]', 'do not match');
    same(location.pathname, '/signin');
  });

  it('goes where one wanted to go', async () => {
    desk = await openDesk('/clients/c1/m/zoo/animal', signedOut());
    await submit('correct horse');
    await desk.find('h1', 'Animals');
    same(location.pathname, '/clients/c1/m/zoo/animal');
  });

  it('says that the server could not be reached', async () => {
    const server = signedOut();
    desk = await openDesk('/signin', {
      ...server,
      fetch: (path, init) => (init?.method === 'POST' ? Promise.reject(new TypeError()) : server.fetch(path, init)),
    });
    await submit('correct horse');
    await desk.find('[role=alert]', 'could not be reached');
  });

  it('shows the overview, and signs out', async () => {
    desk = await openDesk('/signin', fakeServer());
    await desk.find('ul.bare a', 'Rosas Salon');
    await desk.accessible();
    desk.server.signedIn = false;
    (await desk.find('button', 'Sign out')).click();
    await desk.find('h1', 'Sign in');
    await until(() => location.pathname === '/signin');
    ok(desk.server.calls.includes('DELETE /api/session'), 'the session was ended');
  });
});
