import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Problem } from '../../schemas/errors/index.ts';
import { search } from '../../schemas/proof-of-work/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Call } from '../engine/call.ts';
import { createTestEngine, type TestEngine } from '../engine/testing.ts';
import { wall, wallCode } from '../engine/testing-wall.ts';
import { bitsFor, issueWork, validSeconds } from './challenge.ts';

describe('an action that asks for a proof', () => {
  let engine: TestEngine;
  beforeEach(() => {
    engine = createTestEngine({ modules: [{ module: wall, code: wallCode }], now: '2026-05-12T12:00:00Z' });
  });
  afterEach(() => engine.close());

  const solved = (work: ReturnType<typeof issueWork>): string => {
    const steps = search(work);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return `${work.challenge}~${value}`;
    }
  };
  const challenge = (action = 'write', actor: Actor = engine.actors.visitor, module = 'wall') =>
    issueWork(engine.runtime, { tenant: engine.tenant, actor } as Call, { module, action }, 1);
  const write = (
    proof?: string,
    action = 'write',
    more: { idempotencyKey?: string; text?: string; callerHash?: string } = {},
  ) => {
    const { text = 'Hello', ...options } = more;
    return engine.call(engine.actors.visitor, 'wall', action, { text }, proof ? { ...options, proof } : options);
  };
  const refused = (code: string) => (problem: Problem) => problem.code === code;
  const notes = async () => (await engine.call(engine.actors.visitor, 'wall', 'look', {}))['notes'];

  it('runs for a visitor with one, and for staff without', async () => {
    await write(solved(challenge()));
    await engine.call(engine.actors.staff, 'wall', 'write', { text: 'Staff' });
    assert.equal(await notes(), 2);
  });

  it('is refused without one, with a wrong one, and with one for something else', async () => {
    const { visitor } = engine.actors;
    await assert.rejects(write(), refused('CAPTCHA_REQUIRED'));
    const easier = (proof: string) => proof.replace(/\.11\./, '.01.');
    const longer = (proof: string) => proof.replace(/\.(\d{10})\./, (_, until) => `.${Number(until) + 999}.`);
    const good = solved(challenge());
    const wrong = [
      'x',
      '~',
      'a'.repeat(5000),
      challenge().challenge,
      `${challenge().challenge}~${good.split('~')[1]}`,
      easier(good),
      longer(good),
      solved(challenge('scribble')),
      solved(challenge('write', visitor, 'other')),
      solved(challenge('write', { ...visitor, siteId: 'site-2' })),
      solved(challenge('write', { ...visitor, origin: 'https://other.test' })),
    ];
    for (const proof of wrong) await assert.rejects(write(proof), refused('CAPTCHA_INVALID'), proof.slice(0, 80));
    assert.equal(await notes(), 0);
    await write(good);
  });

  it('takes a proof once, also where the action failed, and until it expires', async () => {
    const proof = solved(challenge());
    await write(proof);
    await assert.rejects(write(proof, 'write', { text: 'Again' }), refused('CAPTCHA_USED'));
    const failing = solved(challenge());
    await assert.rejects(write(failing), refused('TAKEN'));
    await assert.rejects(write(failing, 'write', { text: 'Other' }), refused('CAPTCHA_USED'));
    const late = solved(challenge());
    engine.now += validSeconds * 1000 - 1;
    await write(late, 'write', { text: 'In time' });
    await assert.rejects(write(late, 'write', { text: 'Twice' }), refused('CAPTCHA_USED'));
    engine.now += 1;
    await assert.rejects(write(late, 'write', { text: 'Late' }), refused('CAPTCHA_EXPIRED'));
    assert.equal(await notes(), 2);
  });

  it('counts what was used across every boundary of time until it expires', async () => {
    for (const at of ['23:55:01', '23:57:30', '23:59:59', '00:00:00']) {
      engine.now = Date.parse(`2026-05-12T${at}Z`);
      const proof = solved(challenge());
      await write(proof, 'write', { text: at });
      for (let i = 0; i < 5; i++) {
        engine.now += 59_000;
        await assert.rejects(write(proof, 'write', { text: `${at} ${i}` }), refused('CAPTCHA_USED'));
      }
    }
  });

  it('gives a repeated call its reply, and nobody else', async () => {
    const proof = solved(challenge());
    const first = await write(proof, 'write', { idempotencyKey: 'one' });
    assert.deepEqual(await write(proof, 'write', { idempotencyKey: 'one' }), first);
    await assert.rejects(write(proof, 'write', { idempotencyKey: 'two' }), refused('CAPTCHA_USED'));
    await assert.rejects(
      write(proof, 'write', { idempotencyKey: 'one', text: 'Else' }),
      refused('IDEMPOTENCY_MISMATCH'),
    );
    assert.equal(await notes(), 1);
  });

  it('asks a quiet caller for nothing where it is automatic', async () => {
    for (let i = 0; i < 3; i++) await write(undefined, 'scribble');
    await assert.rejects(write(undefined, 'scribble'), refused('CAPTCHA_REQUIRED'));
    await write(undefined, 'scribble', { callerHash: 'somebody else' });
    await write(solved(challenge('scribble')), 'scribble');
    assert.equal(await notes(), 5);
  });

  it('gets harder for who asks often', () => {
    assert.deepEqual([0, 1, 7, 8, 15, 16, 64, 256, 1e9].map(bitsFor), [11, 11, 11, 12, 12, 13, 15, 17, 18]);
  });
});
