/** What goes with a conversation: who writes, a rating, the transcript, whom the page vouches for, languages. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../../kit/testing/test-element.ts';
import { locales } from '../locales/index.ts';
import { bubbles, clear, inputs, open, remembered, text, times, write } from './test-page.ts';
import { fakeClient } from './testing.ts';

describe('around a chat', () => {
  afterEach(clear);

  it('asks for name and address before the first message goes, where the site does', async () => {
    const page = await open({}, { hello: { asks: { name: 'optional', email: 'required' } } });
    await write(page, 'Hello');
    const email = await page.$<HTMLInputElement>('[name=email]');
    same(page.client.calls, []);
    same(await findings(page.el), []);
    (await page.$<HTMLFormElement>('.card')).requestSubmit();
    await page.$('.error', 'e-mail address');
    await until(() => page.el.shadowRoot!.activeElement === email, 'focus on what is wrong');
    same(await findings(page.el), []);
    email.value = 'ana@example.com';
    email.dispatchEvent(new Event('input', { bubbles: true }));
    (await page.$<HTMLFormElement>('.card')).requestSubmit();
    await page.$('.group small', 'Sent');
    const start = inputs(page.client, 'start')[0]!;
    same([start['email'], start['name']], ['ana@example.com', undefined]);
  });

  it('does not ask for what the page knows', async () => {
    const prefill = JSON.stringify({ name: 'Ana', email: 'ana@example.com' });
    const page = await open({ prefill }, { hello: { asks: { name: 'required', email: 'required' } } });
    await write(page, 'Hello');
    await page.$('.group small', 'Sent');
    same(inputs(page.client, 'start')[0]!['name'], 'Ana');
  });

  it('is a form when nobody is there, and says when somebody is', async () => {
    const page = await open({}, { hello: { online: false, opensAt: '2027-03-01T09:00:00Z' } });
    ok(text(await page.$('.state')).startsWith('Back Monday'), 'when');
    await write(page, 'Hello');
    await page.$('.card', 'Where may we send our answer?');
    ok((await page.$<HTMLInputElement>('[name=email]')).required, 'required');
  });

  it('asks for the address when the server closed meanwhile', async () => {
    const page = await open();
    page.client.failing['start'] = { code: 'EMAIL_REQUIRED', message: '' };
    await write(page, 'Hello');
    const email = await page.$<HTMLInputElement>('[name=email]');
    email.value = 'ana@example.com';
    email.dispatchEvent(new Event('input', { bubbles: true }));
    (await page.$<HTMLFormElement>('.card')).requestSubmit();
    await page.$('.group small', 'Sent');
    same(inputs(page.client, 'start')[1]!['email'], 'ana@example.com');
  });

  it('can be rated once it has ended, and written to again', async () => {
    remembered();
    const client = fakeClient();
    client.say('Bye');
    Object.assign(client.desk, { status: 'resolved', canRate: true });
    const page = await open({}, {}, client);
    (await page.$('.stars input[aria-label="4 stars"]')).click();
    const comment = await page.$<HTMLTextAreaElement>('.card textarea');
    same(await findings(page.el), []);
    comment.value = 'Quick';
    comment.dispatchEvent(new Event('input', { bubbles: true }));
    (await page.$<HTMLFormElement>('.card')).requestSubmit();
    await page.$('.day', locales.en.element['rated']);
    same(inputs(client, 'rate'), [{ token: 'known', score: 4, comment: 'Quick' }]);
    await write(page, 'One more thing');
    await until(() => times(client, 'send') === 1);
    same(page.el.talk!.polls, true);
  });

  it('sends the transcript, or says what it lacks', async () => {
    remembered();
    const client = fakeClient();
    client.say('Hello');
    const page = await open({}, {}, client);
    client.failing['transcript'] = { code: 'NO_ADDRESS', message: '' };
    (await page.$('header .tool')).click();
    await page.$('.day', locales.en.element['problem.NO_ADDRESS']);
    (await page.$('header .tool')).click();
    await page.$('.day', locales.en.element['mailed']);
  });

  it('forgets a conversation that is no more, and begins another with the same words', async () => {
    localStorage.setItem('inlay-chat', JSON.stringify({ token: 'lost', seen: 4 }));
    const page = await open();
    await until(() => !localStorage.getItem('inlay-chat'));
    await write(page, 'Hello');
    await page.$('.group small', 'Sent');
    same(times(page.client, 'start'), 1);
  });

  it('takes whom the page vouches for along, and away again', async () => {
    const client = fakeClient();
    client.say('Welcome back');
    const page = await open({ user: '42', hash: 'a1' }, {}, client);
    await page.$('.bubble', 'Welcome back');
    same(inputs(client, 'identify')[0]!['userId'], '42');
    same(JSON.parse(localStorage.getItem('inlay-chat')!), { token: 'mine', seen: 1, user: '42' });
    page.el.removeAttribute('user');
    await until(() => !bubbles(page).length, 'nothing of theirs');
    same(localStorage.length, 0);
    page.el.remove();
    localStorage.setItem('inlay-chat', JSON.stringify({ token: 'mine', seen: 1, user: '42' }));
    const other = await open();
    await until(() => !localStorage.getItem('inlay-chat'));
    same(bubbles(other), []);
  });

  it('stays anonymous where the page vouches wrongly', async () => {
    const client = fakeClient();
    client.failing['identify'] = { code: 'IDENTITY_INVALID', message: '' };
    const told = new Promise<CustomEvent>(resolve =>
      document.addEventListener('inlay:error', event => resolve(event as CustomEvent), { once: true }),
    );
    const page = await open({ user: '42', hash: 'bad' }, {}, client);
    same((await told).detail.code, 'IDENTITY_INVALID');
    await write(page, 'Hello');
    await page.$('.group small', 'Sent');
  });

  it('is legible on a dark page, narrow, large and from right to left', async () => {
    remembered();
    const client = fakeClient();
    client.say('A-very-long-word-that-does-not-end-'.repeat(4));
    document.documentElement.dir = 'rtl';
    const place = document.createElement('div');
    Object.assign(place.style, { width: '280px', background: '#111', color: '#eee', fontSize: '20px' });
    document.body.append(place);
    const page = await open({}, {}, client);
    place.append(page.el);
    await page.$('li .bubble');
    same(await findings(page.el), []);
    ok(place.scrollWidth <= 280, `${place.scrollWidth} px`);
    place.remove();
  });

  it('speaks four languages', async () => {
    for (const locale of ['en', 'de', 'es', 'cs'] as const) {
      remembered();
      const client = fakeClient({ locale, hello: { online: false } });
      client.say('…');
      Object.assign(client.desk, { status: 'resolved', canRate: true, typing: true });
      const { el, $ } = await open({}, {}, client);
      await $('.stars');
      same(el.frame.lang, locale);
      const said = [...el.frame.querySelectorAll('*')].flatMap(node => [
        ...[...node.childNodes].filter(({ nodeType }) => nodeType === 3).map(node => node.textContent!.trim()),
        node.getAttribute('aria-label') ?? '',
      ]);
      for (const words of said) ok(!/[{}]|^[\w]+\.[\w.]+$/.test(words), words);
      el.remove();
    }
    const keys = Object.keys(locales.en.element).sort();
    for (const { element } of Object.values(locales))
      same(
        Object.keys(element)
          .filter(key => !/\.(few|many)$/.test(key))
          .sort(),
        keys,
      );
  });
});
