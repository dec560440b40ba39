import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { TurnstileChallenge } from '../../schemas/protocol/captcha.ts';
import { type ContactWorld, proved, solved, startContactWorld } from '../support/contact-world.ts';
import { secretKey, serviceKey } from '../support/turnstile-server.ts';

describe('a site that has chosen Turnstile, over HTTP', () => {
  let world: ContactWorld;
  before(async () => {
    world = await startContactWorld();
  });
  beforeEach(async () => {
    world.service.away = false;
    await world.choose('turnstile');
  });
  after(() => world?.stop());

  const frame = () => fetch(`${world.host.url}/embed/${world.site.siteKey}/captcha`);

  it('keeps an enquiry that comes with a token, once, and none without', async () => {
    const page = await world.visit();
    assert.equal(await page.send('None'), '403 CAPTCHA_REQUIRED');
    const challenge = (await page.challenge()) as TurnstileChallenge;
    assert.deepEqual([challenge.kind, challenge.action], ['turnstile', 'contact_send']);
    assert.equal(await page.send('Made up', `${challenge.challenge}~made.up`), '403 CAPTCHA_INVALID');
    const proof = proved(world, (await page.challenge()) as TurnstileChallenge);
    const replies = await Promise.all(['Eva', 'Eve', 'Ewa'].map(name => page.send(name, proof)));
    assert.deepEqual(replies.sort(), ['200', '409 CAPTCHA_USED', '409 CAPTCHA_USED']);
    assert.equal((await world.enquiries()).length, 1);
    const { secret, idempotency_key: id } = world.service.asked.at(-1)!;
    assert.equal(secret, secretKey);
    assert.match(id!, /^[0-9a-f-]{36}$/);
  });

  it('has work in its place for a browser that cannot get there, and while the service is away', async () => {
    const page = await world.visit();
    assert.equal(await page.send('Blocked', solved(await page.challenge({ without: 'turnstile' }))), '200');
    const token = proved(world, (await page.challenge()) as TurnstileChallenge);
    world.service.away = true;
    assert.equal(await page.send('Away', token), '403 CAPTCHA_REQUIRED');
    assert.equal(await page.send('Away', solved(await page.challenge({ without: 'turnstile' }))), '200');
    await assert.rejects(page.challenge({ without: 'everything' }), /422/);
  });

  it('shows the service’s script on our page alone, which may do nothing else', async () => {
    const reply = await frame();
    const policy = reply.headers.get('content-security-policy') ?? '';
    assert.equal(reply.status, 200);
    assert.match(policy, /^sandbox allow-scripts allow-same-origin allow-forms; default-src 'none';/);
    assert.match(policy, /script-src \S+\/embed\/c\/ https:\/\/challenges\.cloudflare\.com;/);
    assert.match(policy, /frame-ancestors \S+ https:\/\/contact\.example\.test$/);
    assert.ok(!/connect-src|unsafe-eval/.test(policy));
    const text = await reply.text();
    assert.ok(text.includes(`data-key="${serviceKey}"`) && !text.includes(secretKey));
    const page = await fetch(`${world.host.url}/p/${world.site.siteKey}/contact`);
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-src http/);
  });

  it('is a site of work again once that is chosen, and its open challenges end', async () => {
    const page = await world.visit();
    const token = proved(world, (await page.challenge()) as TurnstileChallenge);
    await world.choose('work');
    assert.equal((await frame()).status, 404);
    assert.equal(await page.send('Late', token), '403 CAPTCHA_REQUIRED');
    assert.equal(await page.send('Work', solved(await page.challenge())), '200');
  });
});
