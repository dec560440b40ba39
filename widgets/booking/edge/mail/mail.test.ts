import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { type Confirmed, eva, openSalon, type Salon, tokenOf } from '../testing.ts';

const start = '2026-04-10T08:00:00Z';

const book = (salon: Salon, more: object = {}) =>
  salon.ask<Confirmed>('book', { service: salon.service, start, ...eva, ...more });

/** The one event of a calendar file, with everything a calendar acts on. */
const read = (ics: string) => {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const events = calendar.getAllSubcomponents('vevent');
  assert.equal(events.length, 1);
  const event = new ICAL.Event(events[0]!);
  const first = (name: string) => events[0]!.getFirstProperty(name);
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    status: events[0]!.getFirstPropertyValue('status'),
    summary: event.summary,
    organizer: String(first('organizer')?.getFirstValue()),
    attendees: event.attendees.map(item => [
      String(item.getParameter('cn')),
      String(item.getFirstValue()).toLowerCase(),
    ]),
  };
};

const isFolded = (ics: string): boolean =>
  ics.split('\r\n').every(line => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line));

test('BK-16 one event from booking to cancelling: same UID, next SEQUENCE, METHOD says what to do', async t => {
  const salon = await openSalon(t, { settings: { replyTo: 'rosa@example.com' } });
  const { engine } = salon;
  const done = await book(salon);
  await engine.deliver();
  const moved = await salon.ask<{ token: string }>('reschedule', {
    token: tokenOf(done.manageUrl),
    start: '2026-04-10T11:00:00Z',
  });
  await engine.deliver();
  await salon.ask('cancel', { token: moved.token });
  await engine.deliver();
  const files = engine.mails.map(({ attachments }) => attachments![0]!);
  assert.deepEqual(
    files.map(({ filename, contentType }) => [filename, contentType]),
    ['REQUEST', 'REQUEST', 'CANCEL'].map(method => ['invite.ics', `text/calendar; method=${method}; charset=utf-8`]),
  );
  const events = files.map(({ content }) => read(content));
  assert.deepEqual(
    events.map(({ method, uid, sequence, start: from, status }) => [method, uid, sequence, from, status]),
    [
      ['REQUEST', `${done.id}@inlay`, 0, '2026-04-10T08:00:00.000Z', 'CONFIRMED'],
      ['REQUEST', `${done.id}@inlay`, 1, '2026-04-10T11:00:00.000Z', 'CONFIRMED'],
      ['CANCEL', `${done.id}@inlay`, 2, '2026-04-10T11:00:00.000Z', 'CANCELLED'],
    ],
  );
  assert.deepEqual(events[0]!.attendees, [['Eva Dvořáková', 'mailto:eva@example.com']]);
  assert.equal(events[0]!.organizer, 'mailto:rosa@example.com');
  assert.deepEqual(read(done.ics), events[0]);
  for (const { content } of files) assert.ok(isFolded(content));
});

test('row 30: line breaks in names and titles give one event and one header', async t => {
  const evil = 'Eva\r\nBcc: all@example.com\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:x\r";\u2028,\\';
  const salon = await openSalon(t, { service: { name: `Cut\r\nMETHOD:CANCEL ${'ž'.repeat(80)}` } });
  const { engine } = salon;
  const { ics } = await book(salon, { name: evil });
  await engine.deliver();
  const [mail] = engine.mails;
  for (const text of [mail!.subject, mail!.to.name!, mail!.to.address]) assert.doesNotMatch(text, /[\r\n\u2028]/);
  assert.ok(isFolded(ics));
  const event = read(ics);
  assert.equal(event.method, 'REQUEST');
  assert.equal(event.attendees.length, 1);
  assert.equal(event.summary, `Cut METHOD:CANCEL ${'ž'.repeat(80)} - Rosa's Salon`);
});

test('what people type is text in the mail, never markup', async t => {
  const salon = await openSalon(t);
  const { engine } = salon;
  await book(salon, { name: '<img src=x onerror=alert(1)> & "Eva"' });
  await engine.deliver();
  const { html, text } = engine.mails[0]!;
  assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Eva&quot;'));
  assert.doesNotMatch(html, /<img|<script/i);
  assert.ok(text.includes('<img src=x onerror=alert(1)> & "Eva"'));
});

test('a mail is in the customer’s language and on the customer’s clock, with the business’s where it differs', async t => {
  const salon = await openSalon(t, { service: { price: { amount: 45_000, currency: 'CZK' } } });
  const { engine } = salon;
  const at = (hour: number) => `2026-04-10T${String(hour).padStart(2, '0')}:00:00Z`;
  const asked = [
    ['cs', 'Europe/Prague', 'Potvrzeno: Haircut, 10. dubna 2026'],
    ['de-AT', 'Europe/Vienna', 'Bestätigt: Haircut, 10. April 2026'],
    ['es', 'Atlantic/Canary', 'Confirmada: Haircut, 10 de abril de 2026'],
    ['en-GB', 'America/New_York', 'Confirmed: Haircut, 10 April 2026'],
    ['fr', 'Europe/London', 'Confirmed: Haircut, April 10, 2026'],
    ['not a locale', 'UTC', 'Confirmed: Haircut, April 10, 2026'],
  ] as const;
  for (const [i, [locale, zone]] of asked.entries()) await book(salon, { locale, zone, start: at(7 + i) });
  await engine.deliver();
  assert.deepEqual(
    engine.mails.map(({ subject }) => subject),
    asked.map(([, , subject]) => subject),
  );
  const [czech, austrian, canary, american] = engine.mails.map(({ text }) =>
    text.replace(/[\u2009\u202f\u00a0]/g, ' '),
  );
  assert.match(czech!, /09:00 ?[–-] ?10:00|9:00 ?[–-] ?10:00/);
  assert.doesNotMatch(czech!, /Podle našich hodin/);
  assert.doesNotMatch(austrian!, /Nach unserer Uhr/, 'another name for the same clock');
  assert.match(canary!, /Canary, GMT\+1[\s\S]*En nuestra hora: .*Prague, GMT\+2/);
  assert.match(american!, /New York, GMT-4[\s\S]*On our clock: /);
  assert.match(czech!, /Cena: 450,00 Kč/);
});

test('an event that was overtaken sends nothing, one delivered twice sends once', async t => {
  const salon = await openSalon(t);
  const { engine } = salon;
  Object.assign(engine.runtime.outbox, { wake: () => {} });
  const done = await book(salon);
  await salon.ask('cancel', { token: tokenOf(done.manageUrl) });
  await engine.deliver();
  await engine.deliver();
  assert.deepEqual(
    engine.mails.map(({ attachments }) => read(attachments![0]!.content).method),
    ['CANCEL'],
  );
});

test('answers go to the business where it says so', async t => {
  const salon = await openSalon(t);
  await book(salon);
  await salon.engine.deliver();
  assert.equal(salon.engine.mails[0]!.replyTo, undefined);
  assert.equal(read(salon.engine.mails[0]!.attachments![0]!.content).organizer, 'mailto:noreply@inlay.test');
});
