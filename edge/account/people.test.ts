/** Members and invitations: who comes in, who may ask, who cannot be put out. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Caller,
  cookieOf,
  createWorld,
  PASSWORD,
  PUBLIC_URL,
  type World,
} from '../../tests/support/control-world.ts';

describe('people of an agency', () => {
  let world: World;
  let owner: Caller;
  before(async () => {
    world = createWorld();
    owner = await world.signUp('owner@a.test', 'A & <b>');
  });
  after(() => world.close());

  const invite = (caller: Caller, body: object) => world.call(caller, 'POST', '/api/invitations', body);
  const accept = (token: string, body: object = { name: 'Bo', password: PASSWORD }, caller: Caller = {}) =>
    world.call(caller, 'POST', `/api/invitations/accept/${token}`, body);
  const tokenOf = (answer: { body: { data: { url: string } } }): string => answer.body.data.url.split('/').at(-1) ?? '';
  const members = async (caller: Caller) => (await world.call(caller, 'GET', '/api/members')).body.data;

  it('come by an invitation that works once', async () => {
    const invited = await invite(owner, { email: 'New@a.test', role: 'member' });
    assert.equal(invited.status, 201);
    const token = tokenOf(invited);
    assert.equal(invited.body.data.url, `${PUBLIC_URL}/invite/${token}`);
    assert.match(token, /^[\w-]{43}$/);
    const looked = await world.call({}, 'GET', `/api/invitations/lookup/${token}`);
    assert.deepEqual(looked.body.data, { agencyName: 'A & <b>', email: 'new@a.test', role: 'member' });

    const [first, second] = await Promise.all([accept(token), accept(token)]);
    assert.deepEqual([first.status, second.status].sort(), [200, 409]);
    assert.equal((await accept(token)).status, 404);
    const cookie = cookieOf(first.status === 200 ? first : second);
    assert.equal((await world.call({ cookie }, 'GET', '/api/session')).body.data.role, 'member');
    assert.equal((await invite(owner, { email: 'new@a.test', role: 'admin' })).status, 409);
  });

  it('get a mail whose words are data, not markup', async () => {
    await invite(owner, { email: 'mail@a.test', role: 'member' });
    const mail = world.mails.at(-1);
    assert.ok(mail?.text.includes('/invite/') && mail.html.includes('A &amp; &lt;b&gt;'));
    assert.equal(mail?.to.address, 'mail@a.test');
  });

  it('cannot use an invitation that is past its time, withdrawn or replaced', async () => {
    const email = 'late@a.test';
    const [first, second] = [
      await invite(owner, { email, role: 'member' }),
      await invite(owner, { email, role: 'member' }),
    ];
    assert.equal((await accept(tokenOf(first))).status, 404);
    await world.call(owner, 'DELETE', `/api/invitations/${second.body.data.id}`);
    assert.equal((await accept(tokenOf(second))).status, 404);
    const third = await invite(owner, { email, role: 'member' });
    const listed = (await world.call(owner, 'GET', '/api/invitations')).body.data;
    assert.ok(
      listed.some((row: { id: string; url?: string }) => row.id === third.body.data.id && row.url === undefined),
    );
    world.time.now += 7 * 86_400_000;
    assert.equal((await accept(tokenOf(third))).status, 404);
    owner = {
      cookie: cookieOf(await world.call({}, 'POST', '/api/session', { email: 'owner@a.test', password: PASSWORD })),
    };
  });

  it('with an account elsewhere join with its password, and only so', async () => {
    await world.signUp('elsewhere@b.test', 'B');
    const token = tokenOf(await invite(owner, { email: 'elsewhere@b.test', role: 'admin' }));
    const wrong = await accept(token, { name: 'Mallory', password: 'another password' });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.headers.get('set-cookie'), null);
    const joined = await accept(token);
    assert.deepEqual([joined.body.data.agency.name, joined.body.data.user.name], ['A & <b>', 'Ada']);
  });

  it('cannot be guessed by way of invitations: the 11th try is 429', async () => {
    await world.signUp('target@b.test', 'C');
    const token = tokenOf(await invite(owner, { email: 'target@b.test', role: 'member' }));
    for (let attempt = 0; attempt < 10; attempt++) {
      const guess = { name: 'M', password: `wrong password ${attempt}` };
      assert.equal((await accept(token, guess, { ip: '203.0.113.80' })).status, 401);
    }
    assert.equal((await accept(token, undefined, { ip: '203.0.113.80' })).status, 429);
  });

  it('cannot raise themselves: an admin neither invites nor removes an owner', async () => {
    const admin = await world.join(owner, 'admin@a.test', 'admin');
    assert.equal((await invite(admin, { email: 'x@a.test', role: 'owner' })).status, 403);
    assert.equal((await invite(admin, { email: 'x@a.test', role: 'superuser' })).status, 422);
    const first = (await members(admin)).find((row: { role: string }) => row.role === 'owner');
    assert.equal((await world.call(admin, 'DELETE', `/api/members/${first.id}`)).status, 403);
  });

  it('of a client are tied to one client of this agency', async () => {
    const other = await world.signUp('owner@d.test', 'D');
    const foreign = (await world.call(other, 'POST', '/api/clients', { name: 'X', zone: 'UTC' })).body.data.id;
    assert.equal((await invite(owner, { email: 'c@a.test', role: 'client' })).status, 422);
    assert.equal((await invite(owner, { email: 'c@a.test', role: 'member', clientId: foreign })).status, 422);
    assert.equal((await invite(owner, { email: 'c@a.test', role: 'client', clientId: foreign })).status, 404);
  });

  it('keep one owner, though two owners remove each other at the same moment', async () => {
    const one = await world.signUp('one@e.test', 'E');
    const [only] = await members(one);
    const refused = await world.call(one, 'DELETE', `/api/members/${only.id}`);
    assert.deepEqual([refused.status, refused.body.code], [409, 'IN_USE']);
    const two = await world.join(one, 'two@e.test', 'owner');
    const all: { id: string; email: string }[] = await members(one);
    const idOf = (email: string) => all.find(row => row.email === email)?.id;
    const answers = await Promise.all([
      world.call(one, 'DELETE', `/api/members/${idOf('two@e.test')}`),
      world.call(two, 'DELETE', `/api/members/${idOf('one@e.test')}`),
    ]);
    assert.equal(answers.filter(({ status }) => status === 204).length, 1, JSON.stringify(answers));
  });
});
