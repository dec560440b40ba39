import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rows, start } from './testing-room.ts';

describe('the boundary of a module', () => {
  test('what a manifest does not declare stops the call', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    await assert.rejects(engine.call(admin, 'room', 'sneak', {}), /declared "read" but wrote/);
    await assert.rejects(engine.call(admin, 'room', 'lie', {}), /undeclared: more/);
    await assert.rejects(engine.call(admin, 'room', 'trespass', {}), /may not call helper\.hidden/);
    await assert.rejects(engine.call(staff, 'room', 'greet', {}), { code: 'FORBIDDEN' });
    await assert.rejects(engine.call(admin, 'helper', 'double', { n: 1 }), { code: 'FORBIDDEN' });
    assert.equal((await engine.list(admin, 'room', 'room')).length, 0);
  });

  test('a failed delivery is tried again, later', async t => {
    const engine = start();
    t.after(() => engine.close());
    t.mock.method(console, 'error', () => {});
    const send = engine.runtime.ports.mailer.send;
    let broken = true;
    (engine.runtime.ports.mailer as { send: typeof send }).send = mail =>
      broken ? Promise.reject(new Error('down')) : send(mail);
    await engine.call(engine.actors.admin, 'room', 'greet', {});
    await engine.deliver();
    assert.equal(engine.mails.length, 0);
    broken = false;
    await engine.deliver();
    assert.equal(engine.mails.length, 0, 'not before its time');
    engine.now += 6_000;
    await engine.deliver();
    assert.equal(engine.mails.length, 1);
    assert.deepEqual(await rows(engine, 'SELECT subscriber, state, attempts FROM _delivery'), [
      ['room.hear', 'done', 2],
    ]);
  });
});
