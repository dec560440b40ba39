/** Name and address, where the site asks for them or nobody is there to answer now. */
import { html, type TemplateResult } from 'lit';
import { field } from '../../kit/field.ts';
import { prefilled } from '../../kit/prefill.ts';
import type { Talk } from './talk.ts';

const names = ['name', 'email'] as const;
type Name = (typeof names)[number];

export class Details {
  readonly #talk: Talk;
  #typed: Partial<Record<Name, string>> = {};
  #errors: Partial<Record<string, string>> = {};
  /** What the server wants, whatever was said before. */
  readonly #wanted = new Set<Name>();
  #done = false;
  /** Before the visitor until they send it, whatever stands in its fields meanwhile. */
  #open = false;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  given(name: Name): string {
    return this.#typed[name] ?? prefilled(this.#talk.host, name);
  }

  get values(): Partial<Record<Name, string>> {
    return Object.fromEntries(names.map(name => [name, this.given(name).trim()]).filter(([, value]) => value));
  }

  #required(name: Name): boolean {
    const { asks, online } = this.#talk.host.hello;
    return asks[name] === 'required' || this.#wanted.has(name) || (name === 'email' && !online);
  }

  get #asked(): readonly Name[] {
    const { asks } = this.#talk.host.hello;
    return names.filter(name => asks[name] !== 'off' || this.#required(name));
  }

  /** Whether the first message waits for them. */
  get missing(): boolean {
    return this.#open || (!this.#done && this.#asked.some(name => !this.given(name)));
  }

  get showing(): boolean {
    return this.#open && !this.#talk.token && !!this.#talk.thread.outbox[0];
  }

  ask(): void {
    this.#open = true;
    this.#point('.card input');
  }

  /** Asks again where the server's refusal is about these, and tells whether it is. */
  refuse(code: string, fields: readonly string[]): boolean {
    const { t } = this.#talk.host;
    const wanted = names.filter(name => code === `${name.toUpperCase()}_REQUIRED`);
    for (const name of wanted) this.#wanted.add(name);
    const wrong = [...wanted, ...names.filter(name => fields.includes(name))];
    for (const name of wrong) {
      this.#errors[name] = t(`problem.${name}`);
      this.#typed[name] = '';
    }
    if (!wrong[0]) return false;
    this.#open = true;
    this.#point();
    return true;
  }

  /** Gives the focus to the first that is wrong, whose error is spoken, or to another. */
  #point(selector = '[aria-invalid=true]'): void {
    const { host } = this.#talk;
    host.requestUpdate();
    host.updateComplete.then(() => host.frame.querySelector<HTMLElement>(selector)?.focus());
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const { host, flush } = this.#talk;
    this.#errors = {};
    for (const input of (event.target as HTMLFormElement).elements as unknown as Iterable<HTMLInputElement>)
      if (input.name && (!input.validity.valid || (input.required && !input.value.trim())))
        this.#errors[input.name] = host.t(`problem.${input.name}`);
    if (Object.keys(this.#errors)[0]) {
      this.#point();
      return;
    }
    this.#open = false;
    this.#done = true;
    flush();
    host.frame.querySelector('textarea')?.focus();
  };

  render(): TemplateResult {
    const { host } = this.#talk;
    const { t } = host;
    const onInput = (name: string, value: string) => {
      this.#typed[name as Name] = value;
    };
    return html`<form class="card" novalidate @submit=${this.#submit} aria-label=${t('who')}>
      <p>${t(host.hello.online ? 'who' : 'who.away')}</p>
      ${this.#asked.map(name =>
        field({
          name,
          label: t(name),
          value: this.given(name),
          type: name === 'email' ? 'email' : 'text',
          autocomplete: name,
          required: this.#required(name),
          optional: t('optional'),
          error: this.#errors[name],
          onInput,
        }),
      )}
      <button class="go">${t('who.send')}</button>
    </form>`;
  }
}
