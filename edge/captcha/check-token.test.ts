import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Problem } from '../../schemas/errors/index.ts';
import type { Ports } from '../../schemas/ports/index.ts';
import { search } from '../../schemas/proof-of-work/index.ts';
import type { TurnstileChallenge, WorkChallenge } from '../../schemas/protocol/captcha.ts';
import {
  secretKey,
  serviceKey,
  startTurnstileServer,
  type TurnstileServer,
} from '../../tests/support/turnstile-server.ts';
import { createTurnstile } from '../adapters/turnstile.ts';
import type { Call } from '../engine/call.ts';
import { createTestEngine, type TestEngine } from '../engine/testing.ts';
import { wall, wallCode } from '../engine/testing-wall.ts';
import type { TenantSite } from '../tenant/tenant.ts';
import { issueChallenge, issueWork } from './challenge.ts';
import { openSecret, sealSecret } from './site-captcha.ts';

describe('a site whose visitors prove themselves to Turnstile', () => {
  let service: TurnstileServer;
  let engine: TestEngine;
  let site: TenantSite;
  let hostname: string;

  before(async () => {
    service = await startTurnstileServer();
  });
  beforeEach(async () => {
    engine = createTestEngine({ modules: [{ module: wall, code: wallCode }], now: '2026-05-12T12:00:00Z' });
    Object.assign(engine.runtime.ports as { captchaService?: Ports['captchaService'] }, {
      captchaService: createTurnstile({ apiUrl: service.url }),
    });
    [site] = engine.tenant.sites as [TenantSite];
    const { config } = engine.runtime;
    const captcha = { serviceKey, secretSealed: await sealSecret(config, site.id, secretKey) };
    Object.assign(site, { captcha });
    hostname = new URL(config.publicUrl).hostname;
    service.away = false;
  });
  afterEach(() => engine.close());
  after(() => service.close());

  const purpose = { module: 'wall', action: 'write' };
  const call = (): Call => ({ tenant: engine.tenant, actor: engine.actors.visitor, site }) as Call;
  const challenge = (action = 'write') =>
    issueChallenge(engine.runtime, call(), { ...purpose, action }, { asked: 1, without: false }) as TurnstileChallenge;
  const proved = (given: TurnstileChallenge, more: { hostname?: string; action?: string; cdata?: string } = {}) =>
    `${given.challenge}~${service.token({ hostname, action: given.action, cdata: given.seed, ...more })}`;
  const write = (proof: string, more: { idempotencyKey?: string; text?: string } = {}) => {
    const { text = 'Hello', ...options } = more;
    return engine.call(engine.actors.visitor, 'wall', 'write', { text }, { ...options, proof });
  };
  const refused = (code: string) => (problem: Problem) => problem.code === code;

  it('asks for a token of this action, and the action runs with it', async () => {
    const given = challenge();
    assert.deepEqual(
      [given.kind, given.action, given.frame],
      ['turnstile', 'wall_write', `${engine.runtime.config.publicUrl}/embed/${site.key}/captcha`],
    );
    await write(proved(given));
    const { idempotency_key: id } = service.asked.at(-1)!;
    assert.equal(id, given.challenge.slice(0, 36));
  });

  it('refuses a token of another page, action or challenge, and one that the service does not know', async () => {
    const given = challenge();
    const wrong = [
      proved(challenge(), { hostname: 'phish.example' }),
      proved(challenge(), { action: 'wall_scribble' }),
      proved(challenge(), { cdata: given.seed }),
      proved(challenge(), { cdata: '' }),
      proved(challenge('scribble')),
      `${challenge().challenge}~made.up`,
      // Nothing to solve is no work that is done.
      `${given.challenge.replace('.t.', '.00.')}~x`,
    ];
    for (const proof of wrong) await assert.rejects(write(proof), refused('CAPTCHA_INVALID'), proof);
    await write(proved(given));
  });

  it('takes each challenge and each token once', async () => {
    const proof = proved(challenge());
    await write(proof, { idempotencyKey: 'one' });
    await assert.rejects(write(proof, { text: 'Again' }), refused('CAPTCHA_USED'));
    const before = service.asked.length;
    await write(proof, { idempotencyKey: 'one' });
    assert.equal(service.asked.length, before, 'a call that is repeated asks nobody');
    const token = proof.split('~')[1];
    await assert.rejects(write(`${challenge().challenge}~${token}`), refused('CAPTCHA_EXPIRED'));
  });

  it('asks for another challenge where the service is away, and has more work in its place', async () => {
    service.away = true;
    await assert.rejects(write(proved(challenge())), refused('CAPTCHA_REQUIRED'));
    const work = issueChallenge(engine.runtime, call(), purpose, { asked: 1, without: true }) as WorkChallenge;
    assert.equal(work.bits, issueWork(engine.runtime, call(), purpose, 1).bits + 3);
    const steps = search(work);
    let step = steps.next();
    while (!step.done) step = steps.next();
    await write(`${work.challenge}~${step.value}`);
  });

  it('has its secret open for this site alone', async () => {
    const { config } = engine.runtime;
    const { secretSealed } = site.captcha!;
    assert.equal(await openSecret(config, site.id, secretSealed), secretKey);
    assert.ok(!secretSealed.includes(secretKey));
    await assert.rejects(openSecret(config, 'another', secretSealed));
  });
});
