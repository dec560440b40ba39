/** What every outbox must do, whatever keeps its records. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock, Mail, MailOutbox } from '../../schemas/ports/index.ts';

/** Registers the suite; `create` is called once for each test and must return an empty outbox. */
export function outboxContract(name: string, create: (clock: Clock) => Promise<MailOutbox>): void {
  const mail = (key: string, subject = 'Hello'): Mail => ({
    key,
    to: { address: 'jana@example.test', name: 'Jana “Ž”' },
    from: { address: 'inlay@example.test' },
    subject,
    text: 'Text',
    html: '<p>Text</p>',
    attachments: [{ filename: 'a.ics', contentType: 'text/calendar', content: 'BEGIN:VCALENDAR\r\n' }],
  });

  describe(`outbox: ${name}`, () => {
    it('lists what was sent, newest first, and finds it by its key', async () => {
      let now = 1000;
      const outbox = await create({ now: () => now++ });
      for (const key of ['../one', 'two', 'three']) await outbox.send(mail(key));
      const listed = await outbox.list();
      assert.deepEqual(
        listed.map(sent => sent.key),
        ['three', 'two', '../one'],
      );
      assert.deepEqual(await outbox.find('../one'), { ...mail('../one'), sentAt: 1000 });
      assert.equal(await outbox.find('four'), undefined);
    });

    it('forgets a person in the mails of one sender, and sends none of them again', async () => {
      const outbox = await create({ now: () => 5 });
      const about = (key: string, text: string, html = '') => ({
        ...mail(key),
        to: { address: 'desk@example.test' },
        text,
        html,
      });
      const calendar = {
        filename: 'a.ics',
        contentType: 'text/calendar',
        content: 'ATTENDEE:mailto:eva.mal\r\n a@example.test',
      };
      await outbox.send({ ...mail('a:1'), to: { address: 'Eva.Mala@example.test' } });
      await outbox.send(about('a:2', '', '<p>O&#39;Neil &amp; Malá</p>'));
      await outbox.send({ ...about('a:3', ''), attachments: [calendar] });
      await outbox.send(about('a:4', 'Nobody'));
      await outbox.send({ ...mail('b:1'), to: { address: 'eva.mala@example.test' } });
      assert.equal(await outbox.forget('a:', ['eva.mala@example.test', "O'Neil & Malá"]), 3);
      await outbox.send(mail('a:1', 'again'));
      const subjects = await Promise.all(
        ['a:1', 'a:2', 'a:3', 'a:4', 'b:1'].map(async key => (await outbox.find(key))!.subject),
      );
      assert.deepEqual(subjects, ['[erased]', '[erased]', '[erased]', 'Hello', 'Hello']);
      assert.ok(
        !/mala|malá|mal\r/i.test(JSON.stringify((await outbox.list()).filter(({ key }) => key.startsWith('a:')))),
      );
    });

    it('drops a key that was already sent, also when both are sent at once', async () => {
      const outbox = await create({ now: () => 5 });
      await Promise.all([outbox.send(mail('same', 'first')), outbox.send(mail('same', 'second'))]);
      const kept = await outbox.find('same');
      await outbox.send(mail('same', 'third'));
      assert.equal((await outbox.list()).length, 1);
      assert.deepEqual(await outbox.find('same'), kept);
    });
  });
}
