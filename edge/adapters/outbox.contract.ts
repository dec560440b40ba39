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
