/** The kit's own controls within a form from a manifest. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import type { FormControl } from '../controls/form-control.ts';
import { define } from '../define.ts';
import { findings, testElement } from '../testing/test-element.ts';
import { FormElement } from './form-element.ts';
import { type FakeClient, fakeClient, formView, mount, richView } from './testing.ts';

testElement({ tag: 'inlay-test-rich', element: class extends FormElement {}, client: () => fakeClient(richView) });

describe('a form with controls of the kit', () => {
  before(async function () {
    // Here each control is many files.
    this.timeout(60_000);
    define('inlay-apply', class extends FormElement {});
    const el = mount('inlay-apply', fakeClient(richView)) as FormElement;
    await until(() => whole(el), 'the controls', 50_000);
    el.remove();
  });
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-apply')) el.remove();
  });

  const whole = ({ frame }: FormElement) =>
    frame?.querySelectorAll('form > :is(.wide, .input):not(div, i)').length === richView.controls.length - 1;
  const open = async (client: FakeClient = fakeClient(richView), attributes = {}) => {
    const el = mount('inlay-apply', client, attributes) as FormElement;
    await until(() => whole(el), 'the controls');
    const at = (name: string) => el.controls[name] as FormControl<unknown>;
    const send = () => el.frame.querySelector<HTMLButtonElement>('button.go')!.click();
    return { el, at, send, client };
  };

  it('has the one of each kind, in the manifest’s order, as parts of the native form', async () => {
    const { el, at } = await open();
    const form = el.frame.querySelector('form')!;
    same(
      [...form.elements]
        .filter(({ id }) => id)
        .map(({ localName, id }) => `${id} ${localName.replace('inlaykit-', '')}`),
      [
        'name input',
        'phone phone',
        'budget money',
        'hours number',
        'day date',
        'call date-time',
        'from time',
        'home address',
        'days choice',
        'stars rating',
        'sign signature',
      ],
    );
    same([at('day').label, at('day').hint, at('day').required], ['Day', 'When you begin', true]);
    ok(/Monday/.test(at('days').shadowRoot!.textContent!), 'choices in the words of the view');
    same(await findings(el), []);
  });

  it('sends what the API takes, and nothing for what is empty', async () => {
    const { el, at, send, client } = await open();
    el.frame.querySelector<HTMLInputElement>('#name')!.value = 'Ada';
    const given = {
      phone: '+420777123456',
      budget: { amount: 1250, currency: 'EUR' },
      day: '2026-04-10',
      home: { line1: 'Main 1', city: 'Brno', country: 'CZ' },
      days: ['mon'],
      stars: 4,
    };
    for (const [name, value] of Object.entries(given)) at(name).value = value;
    send();
    await until(() => /Thank you/.test(el.frame.querySelector('h2')!.textContent!), 'the thanks');
    const { values } = client.calls[0]!.input as { values: unknown };
    const { phone, budget, day, home, days, stars } = given;
    same(values, { name: 'Ada', phone, budget, hours: '', day, call: '', from: '', home, days, stars, sign: '' });
    el.frame.querySelector<HTMLButtonElement>('button.plain')!.click();
    await until(() => whole(el), 'an empty form');
    same(at('day').value, '');
  });

  it('goes to the first that is wrong, which says so itself, and keeps what was typed', async () => {
    const client = fakeClient(richView);
    client.failing.push(
      { code: 'VALIDATION_FAILED', message: '', errors: [{ pointer: '/home/city', code: 'X', message: 'in English' }] },
      { code: 'OFFLINE', message: '' },
    );
    const { el, at, send } = await open(client);
    el.frame.querySelector<HTMLInputElement>('#name')!.value = 'Ada';
    send();
    const said = (name: string) => at(name).shadowRoot!.querySelector('#error')?.textContent ?? '';
    await until(() => said('day'), 'the fault');
    same(said('day'), 'This is needed.');
    await until(
      () => el.frame.getRootNode() && (el.shadowRoot!.activeElement as HTMLElement)?.id === 'day',
      'the focus',
    );
    same(client.calls.length, 0);
    at('day').value = '2026-04-10';
    at('home').value = { line1: 'Main 1', city: 'X', country: 'CZ' };
    send();
    await until(() => said('home') === 'Please check this', "the server's fault at its control");
    same((el.shadowRoot!.activeElement as HTMLElement).id, 'home');
    same(await findings(el), []);
    at('home').value = { line1: 'Main 1', city: 'Brno', country: 'CZ' };
    at('home').error = '';
    send();
    await until(() => el.frame.querySelector('[role=alert]'), 'the notice');
    same([at('day').value, (at('home').value as { city: string }).city], ['2026-04-10', 'Brno']);
  });

  it('takes what the page knows, and leaves a form of native controls as it is', async () => {
    const { at } = await open(undefined, { prefill: '{"phone":"+420777123456","day":"2026-05-01"}' });
    await until(() => at('phone').value === '+420777123456' && at('day').value === '2026-05-01', 'the values');
    const plain = mount('inlay-apply', fakeClient(formView)) as FormElement;
    await until(() => plain.frame?.querySelector('#email'), 'the form');
    same(plain.frame.querySelectorAll('inlaykit-phone').length, 0);
  });
});
