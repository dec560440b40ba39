import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { proofFor } from '../../../edge/captcha/testing.ts';
import { createTestEngine, type TestEngine } from '../../../edge/engine/testing.ts';
import type { Problem } from '../../../schemas/errors/index.ts';
import { contact } from '../module.ts';
import { contactCode } from './index.ts';

const letter = {
  name: 'Eva\r\nBcc: x@evil.example',
  email: 'eva@mail.example',
  phone: '+420777123456',
  topic: 'quote',
  message: 'How much is\n<b>everything</b>?',
  consent: true,
};

describe('an enquiry', () => {
  let engine: TestEngine;
  const open = (settings: Readonly<Record<string, unknown>> = { notify: 'desk@salon.example' }) => {
    engine = createTestEngine({
      modules: [{ module: contact, code: contactCode, settings }],
      now: '2026-04-10T09:00:00Z',
    });
  };
  beforeEach(() => open());
  afterEach(() => engine.close());

  const proof = () => proofFor(engine, 'contact', 'send');
  const send = (given: object = letter) =>
    engine.call<{ id: string }>(engine.actors.visitor, 'contact', 'send', given, { proof: proof() });
  const refused =
    (code: string, pointer?: string) =>
    ({ code: found, options }: Problem) =>
      found === code && (!pointer || options.errors?.[0]?.pointer === pointer);

  it('is kept with what was agreed to, and read by the desk alone', async () => {
    const { id } = await send();
    const kept = await engine.get(engine.actors.staff, 'contact', 'enquiry', id);
    const { name, email, topic, message, status, agreedAt, answeredAt } = kept;
    assert.deepEqual(
      { name, email, topic, message, status, agreedAt, answeredAt },
      {
        name: 'Eva Bcc: x@evil.example',
        email: letter.email,
        topic: 'quote',
        message: letter.message,
        status: 'new',
        agreedAt: '2026-04-10T09:00:00Z',
        answeredAt: null,
      },
    );
    await assert.rejects(engine.list(engine.actors.visitor, 'contact', 'enquiry'), refused('FORBIDDEN'));
  });

  it('keeps which campaign brought whoever wrote', async () => {
    const campaign = { campaign: 'Spring sale', source: 'letter' };
    const options = { proof: proof(), campaign };
    const { id } = await engine.call<{ id: string }>(engine.actors.visitor, 'contact', 'send', letter, options);
    const kept = await engine.get(engine.actors.staff, 'contact', 'enquiry', id);
    assert.deepEqual(
      [kept['campaign'], kept['campaignSource'], kept['campaignMedium']],
      ['Spring sale', 'letter', null],
    );
  });

  it('is refused without consent, without a proof, and where something is wrong', async () => {
    await assert.rejects(send({ ...letter, consent: false }), refused('VALIDATION_FAILED', '/consent'));
    await assert.rejects(send({ ...letter, email: 'eva' }), refused('VALIDATION_FAILED', '/email'));
    await assert.rejects(send({ ...letter, topic: 'spam' }), refused('VALIDATION_FAILED', '/topic'));
    const { visitor, staff } = engine.actors;
    await assert.rejects(engine.call(visitor, 'contact', 'send', letter), refused('CAPTCHA_REQUIRED'));
    assert.deepEqual(await engine.list(staff, 'contact', 'enquiry'), []);
  });

  it("tells the site's people once, in a mail whose answer goes to the writer", async () => {
    await send();
    await engine.deliver();
    await engine.deliver();
    assert.equal(engine.mails.length, 1);
    const [mail] = engine.mails;
    assert.equal(mail!.to.address, 'desk@salon.example');
    assert.equal(mail!.replyTo, letter.email);
    assert.equal(mail!.subject, 'An offer: Eva Bcc: x@evil.example');
    assert.match(mail!.text, /How much is\n<b>everything<\/b>\?/);
    assert.match(mail!.html, /How much is\n&lt;b&gt;everything&lt;\/b&gt;\?/);
    assert.match(mail!.html, /href="mailto:eva@mail\.example"/);
  });

  it('tells nobody where no address is set, or once it was taken for spam', async () => {
    const { id } = await send();
    await engine.transition(engine.actors.staff, 'contact', 'enquiry', id, 'reject');
    await engine.deliver();
    assert.equal(engine.mails.length, 0);
    engine.close();
    open({});
    await send();
    await engine.deliver();
    assert.equal(engine.mails.length, 0);
  });

  it('goes from new to answered and back, with the time of the answer', async () => {
    const { staff } = engine.actors;
    const { id } = await send();
    const go = (name: string) => engine.transition(staff, 'contact', 'enquiry', id, name);
    assert.equal((await go('take'))['status'], 'open');
    engine.now += 3_600_000;
    const answered = await go('answer');
    assert.deepEqual([answered['status'], answered['answeredAt']], ['answered', '2026-04-10T10:00:00Z']);
    await assert.rejects(go('take'), refused('INVALID_TRANSITION'));
    const again = await go('reopen');
    assert.deepEqual([again['status'], again['answeredAt']], ['open', null]);
    await assert.rejects(
      engine.update(staff, 'contact', 'enquiry', id, { message: 'Something else' }),
      refused('VALIDATION_FAILED', '/message'),
    );
  });
});
