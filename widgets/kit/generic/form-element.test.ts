import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { define } from '../define.ts';
import { findings, testElement } from '../testing/test-element.ts';
import { show } from './form.ts';
import { FormElement } from './form-element.ts';
import { type FakeClient, fakeClient, formView, mount } from './testing.ts';

testElement({ tag: 'inlay-test-form', element: class extends FormElement {}, client: () => fakeClient(formView) });

describe('a form from a manifest', () => {
  before(() => define('inlay-ask', class extends FormElement {}));
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-ask')) el.remove();
    document.documentElement.dir = '';
  });

  const open = async (client: FakeClient, attributes = {}) => {
    const el = mount('inlay-ask', client, attributes) as FormElement;
    await until(() => el.frame?.querySelector('h2'), 'the form');
    const find = <E extends HTMLElement = HTMLInputElement>(selector: string) => el.frame.querySelector<E>(selector)!;
    const fill = (values: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(values)) find(`#${name}`).value = value;
    };
    const send = () => find<HTMLButtonElement>('button.go').click();
    return { el, find, fill, send };
  };
  const good = { name: 'Ada', email: 'ada@example.com', text: 'Hello' };

  it('ties every control to its label and help, and says what may stay empty', async () => {
    const { el, find } = await open(fakeClient(formView));
    same(
      formView.controls.map(({ name }) => find(`label[for=${name}]`).textContent?.replace(/\s+/g, ' ').trim()),
      ['Name', 'E-mail', 'Topic (optional)', 'People (optional)', 'When (optional)', 'Message', 'Send me news'],
    );
    same(find('#email').getAttribute('aria-describedby'), 'email-error email-help');
    same(find('#text').localName, 'textarea');
    same(
      [...find<HTMLSelectElement>('#topic').options].map(({ value }) => value),
      ['', 'cut'],
    );
    ok(!el.frame.querySelector('input[name=trap]:not([tabindex="-1"])'), 'the trap is out of reach');
  });

  it('takes what the page knows already', async () => {
    const { find } = await open(fakeClient(formView), { prefill: '{"name":"Grace","topic":"cut"}' });
    same([find('#name').value, find('#topic').value], ['Grace', 'cut']);
  });

  it('takes what the page comes to know, where the visitor has not been faster', async () => {
    const { el, find } = await open(fakeClient(formView), { prefill: '{"name":"Grace"}' });
    const type = (name: string, value: string) => {
      find(`#${name}`).value = value;
      find(`#${name}`).dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    };
    type('email', 'ada@example.com');
    el.prefill = '{"name":"Ada","email":"grace@example.com","topic":"cut","people":"3"}';
    await until(() => find('#name').value === 'Ada', 'the name');
    same([find('#email').value, find('#topic').value, find('#people').value], ['ada@example.com', 'cut', '3']);
    type('name', 'Ada L.');
    type('topic', '');
    el.prefill = '{"name":"Grace","topic":"cut","people":"4"}';
    await until(() => find('#people').value === '4', 'the number');
    same([find('#name').value, find('#topic').value, find('#email').value], ['Ada L.', '', 'ada@example.com']);
  });

  it('says at each field what is wrong, goes to the first, and sends nothing', async () => {
    const client = fakeClient(formView);
    const { el, find, fill, send } = await open(client);
    fill({ name: 'Ada', email: 'ada', people: '12' });
    send();
    await until(() => find('#email-error'), 'the fault');
    same(
      [...el.frame.querySelectorAll('.error')].map(({ textContent }) => textContent),
      ['Enter an e-mail address', 'Enter a number', 'Fill this in'],
    );
    same(find('#email').getAttribute('aria-invalid'), 'true');
    same(find('#email').getAttribute('aria-describedby'), 'email-error email-help');
    same(find('#name').getAttribute('aria-invalid'), 'false');
    await until(() => el.shadowRoot!.activeElement?.id === 'email', 'the focus');
    same(client.calls.length, 0);
    same(await findings(el), []);
  });

  it('sends values with how long it took, thanks, tells the page, and can be used again', async () => {
    const client = fakeClient(formView);
    const { el, find, fill, send } = await open(client);
    const told: unknown[] = [];
    el.addEventListener('inlay:submitted', event => told.push((event as CustomEvent).detail));
    fill({ ...good, when: '2026-04-10T09:30', people: '2' });
    find('#news').click();
    send();
    await until(() => /Thank you/.test(find('h2').textContent!), 'the thanks');
    const [{ path, input }] = client.calls as [FakeClient['calls'][number]];
    same(path, 'widgets/ask/submit');
    const { values, took, trap, locale } = input as Record<string, unknown>;
    const when = `${new Date('2026-04-10T09:30').toISOString().slice(0, 19)}Z`;
    same(values, { name: 'Ada', email: 'ada@example.com', topic: '', people: '2', when, text: 'Hello', news: true });
    ok(typeof took === 'number' && trap === '' && locale === 'en', JSON.stringify(input));
    same(told, [{ id: 'new' }]);
    await until(() => el.shadowRoot!.activeElement?.localName === 'h2', 'the focus');
    same(await findings(el), []);
    find<HTMLButtonElement>('button.plain').click();
    await until(() => el.frame.querySelector('#name'), 'the form');
    same(find('#name').value, '');
  });

  it('shows what the server refuses at its field, in the words of the page', async () => {
    const client = fakeClient(formView);
    client.failing.push({
      code: 'VALIDATION_FAILED',
      message: 'x',
      errors: [{ pointer: '/text', code: 'CUSTOM', message: 'in English' }],
    });
    const { find, fill, send } = await open(client);
    fill(good);
    send();
    await until(() => find('#text-error'), 'the fault');
    same(find('#text-error').textContent, 'Please check this');
    same(find('#name').value, 'Ada');
  });

  it('what has no answer is sent again as it was, so that it is kept once', async () => {
    const client = fakeClient(formView);
    client.failing.push({ code: 'UNREACHABLE', message: '' }, { code: 'OFFLINE', message: '' });
    const { el, find, fill, send } = await open(client);
    const errors: string[] = [];
    el.addEventListener('inlay:error', event => errors.push((event as CustomEvent).detail.code));
    fill(good);
    send();
    await until(() => find('[role=alert]'), 'the notice');
    same(find('[role=alert]').textContent, 'There is no connection.');
    same(await findings(el), []);
    send();
    await until(() => find('[role=alert]')?.textContent === 'You are offline.', 'the second notice');
    send();
    await until(() => /Thank you/.test(find('h2').textContent!), 'the thanks');
    same(errors, ['UNREACHABLE', 'OFFLINE']);
    same(new Set(client.calls.map(({ input }) => JSON.stringify(input))).size, 1);
  });

  it('brings a proof where the action asks for one', async () => {
    const client = fakeClient({ ...formView, action: 'question' });
    client.failing.push({ code: 'CAPTCHA_REQUIRED', message: '' }, { code: 'RATE_LIMITED', message: 'Later.' });
    const { find, fill, send } = await open(client);
    fill(good);
    send();
    await until(() => find('[role=alert]'), 'the notice');
    same(
      client.calls.map(({ path }) => path),
      ['widgets/ask/submit', 'question/challenge'],
    );
    same(find('[role=alert]').textContent, 'Later.');
  });

  it('gets the proof first where the action always asks for one, and is sent where it cannot be had', async () => {
    const client = fakeClient({ ...formView, action: 'question', proof: true });
    client.failing.push({ code: 'UNREACHABLE', message: '' });
    const { find, fill, send } = await open(client);
    fill(good);
    send();
    await until(() => /Thank you/.test(find('h2').textContent!), 'the thanks');
    same(
      client.calls.map(({ path }) => path),
      ['question/challenge', 'widgets/ask/submit'],
    );
  });

  it('is shown by its entry under any tag, and under two at once', async () => {
    for (const tag of ['inlay-shown-one', 'inlay-shown-two']) {
      const el = mount(tag, fakeClient(formView));
      show(el);
      show(el);
      await until(() => el.frame?.querySelector('h2'), tag);
      el.remove();
    }
  });

  it('is dark and right to left without a serious finding', async () => {
    document.documentElement.dir = 'rtl';
    const { el } = await open(fakeClient(formView), { theme: 'dark' });
    same(await findings(el), []);
  });
});
