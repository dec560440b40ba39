/** Sign-in: fixation, brute force, oracles, the life of a session. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cookieOf, createWorld, PASSWORD, type World } from '../../tests/support/control-world.ts';
import { session } from '../control/schema.ts';

const DAY = 86_400_000;

describe('a session', () => {
  let world: World;
  before(() => {
    world = createWorld();
  });
  after(() => world.close());

  const signIn = (email: string, cookie?: string, ip?: string, password = PASSWORD, headers = {}) =>
    world.call({ cookie, ip, headers }, 'POST', '/api/session', { email, password });

  it('comes in a cookie that only this host gets, over TLS, and no script reads', async () => {
    await world.signUp('cookie@a.test');
    const answer = await signIn('  Cookie@A.test ');
    assert.equal(answer.status, 200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^__Host-inlay=[\w-]{43}; /);
    for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) assert.ok(cookie.includes(part), part);
    assert.doesNotMatch(cookie, /Domain/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const { user, role, clientId } = answer.body.data;
    assert.deepEqual([user.email, role, clientId], ['cookie@a.test', 'owner', null]);
  });

  it('never takes the id that the browser brought (fixation), and ends that one', async () => {
    const { cookie: old } = await world.signUp('fixed@a.test');
    const planted = 'P'.repeat(43);
    const fresh = cookieOf(await signIn('fixed@a.test', planted));
    assert.notEqual(fresh, planted);
    assert.equal((await world.call({ cookie: planted }, 'GET', '/api/session')).status, 401);
    const again = cookieOf(await signIn('fixed@a.test', old));
    assert.notEqual(again, old);
    assert.equal((await world.call({ cookie: old }, 'GET', '/api/session')).status, 401);
    assert.equal((await world.call({ cookie: again }, 'GET', '/api/session')).status, 200);
  });

  it('is stored as a hash alone', async () => {
    const { cookie } = await world.signUp('hashed@a.test');
    assert.ok(!JSON.stringify(await world.db.select().from(session)).includes(cookie));
  });

  it('ends at sign-out', async () => {
    const { cookie } = await world.signUp('out@a.test');
    const answer = await world.call({ cookie }, 'DELETE', '/api/session');
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('set-cookie') ?? '', /__Host-inlay=; Max-Age=0/);
    assert.equal((await world.call({ cookie }, 'GET', '/api/session')).status, 401);
  });

  it('lives 14 days without use and 60 in all', async () => {
    const { cookie } = await world.signUp('long@a.test');
    const start = world.time.now;
    for (let day = 13; day < 60; day += 13) {
      world.time.now = start + day * DAY;
      const answer = await world.call({ cookie }, 'GET', '/api/session');
      assert.equal(answer.status, 200, `day ${day}`);
      assert.ok(Date.parse(answer.body.data.expiresAt) <= start + 60 * DAY);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    world.time.now = start + 60 * DAY;
    assert.equal((await world.call({ cookie }, 'GET', '/api/session')).status, 401);
  });

  it('is not had by guessing: the 11th try is 429, even with the right password, while the owner elsewhere gets in', async () => {
    await world.signUp('brute@a.test');
    for (let attempt = 0; attempt < 10; attempt++) {
      assert.equal((await signIn('brute@a.test', undefined, '203.0.113.77', `wrong-${attempt}`)).status, 401);
    }
    assert.equal((await signIn('brute@a.test', undefined, '203.0.113.78')).status, 200);
    const refused = await signIn('brute@a.test', undefined, '203.0.113.77');
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.equal(refused.headers.get('ratelimit-remaining'), '0');
    world.time.now += 15 * 60_000;
    assert.equal((await signIn('brute@a.test', undefined, '203.0.113.77')).status, 200);
  });

  it('counts wrong passwords alone: the right one may be given as often as one likes', async () => {
    await world.signUp('often@a.test');
    for (let attempt = 0; attempt < 12; attempt++) {
      assert.equal((await signIn('often@a.test', undefined, '203.0.113.79')).status, 200);
    }
  });

  it('is not had by guessing from one address: rotating X-Forwarded-For or the IPv6 host changes nothing', async () => {
    for (const ipOf of [() => '203.0.113.9', (n: number) => `2001:db8:1:2:${n}::${n}`]) {
      let last = 0;
      for (let attempt = 1; attempt <= 11; attempt++) {
        const headers = { 'x-forwarded-for': `198.51.100.${attempt}`, 'cf-connecting-ip': `198.51.100.${attempt}` };
        last = (await signIn(`nobody${attempt}@a.test`, undefined, ipOf(attempt), 'wrong', headers)).status;
      }
      assert.equal(last, 429);
    }
  });

  it('tells a wrong password and an unknown user in the same words', async () => {
    await world.signUp('known@a.test');
    const [wrong, unknown] = [await signIn('known@a.test', undefined, undefined, 'x'), await signIn('unknown@a.test')];
    const words = ({ body: { traceId: _, ...rest } }: typeof wrong) => rest;
    assert.deepEqual([wrong.status, words(wrong)], [unknown.status, words(unknown)]);
  });

  it('is not given for an address that has an account already', async () => {
    await world.signUp('twice@a.test');
    const answer = await world.call({}, 'POST', '/api/signup', {
      agencyName: 'X',
      name: 'Y',
      email: 'TWICE@a.test',
      password: PASSWORD,
    });
    assert.deepEqual([answer.status, answer.body.errors[0].pointer], [409, '/email']);
  });

  it('asks for a password of 10 to 200 characters, and for plain names', async () => {
    const good = { agencyName: 'X', name: 'Y', email: 'v@a.test', password: PASSWORD };
    const bad = [
      { password: 'short' },
      { password: 'x'.repeat(201) },
      { name: 'a\r\nBcc: b' },
      { name: ' ' },
      { name: 'a\0' },
      { email: 'a@b' },
      { email: 5 },
    ];
    for (const part of bad) {
      const answer = await world.call({}, 'POST', '/api/signup', { ...good, ...part });
      assert.equal(answer.status, 422, JSON.stringify(part));
      assert.equal(answer.body.errors[0].pointer, `/${Object.keys(part)[0]}`);
    }
    assert.deepEqual(world.logs, []);
  });
});
