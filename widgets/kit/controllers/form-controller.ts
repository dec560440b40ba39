/**
 * A form of an action's input: values, what was touched, errors by JSON pointer (RFC 6901), and sending it once. In a template
 * `<form novalidate @input=${form} @change=${form} @focusout=${form} @submit=${form}>` with controls that have a `name`; a dot in
 * a name goes into an object.
 */
import type { ReactiveControllerHost } from 'lit';
import type { Client, ClientError, Result } from '../../../embed-sdk/types.ts';
import type { FieldsJson } from '../../../schemas/module/manifest.ts';
import { type FieldFault, faultsOf, filledIn, type Values } from '../controls/faults.ts';

export interface FormHost extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
}

export interface FormOptions<Output> {
  /** The action's input as the manifest has it. */
  readonly fields: FieldsJson;
  readonly action: string;
  client(): Client | undefined;
  /** What is wrong with a field, in the visitor's words. */
  explain(fault: FieldFault): string;
  readonly initial?: Values;
  /** Called with the reply. */
  done?(output: Output): void;
}

interface Control extends HTMLElement {
  readonly name: string;
  readonly type?: string;
  readonly checked?: boolean;
  readonly value: unknown;
}

const pointerOf = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('.', '/')}`;

const put = (values: Values, [head, ...rest]: readonly string[], value: unknown): Values => ({
  ...values,
  [head!]: rest.length ? put((values[head!] ?? {}) as Values, rest, value) : value,
});

export class FormController<Output = unknown> {
  values: Values;
  /** Sentences by pointer. */
  errors: ReadonlyMap<string, string> = new Map();
  /** Names that the visitor has left, or all once it was sent. */
  readonly touched = new Set<string>();
  /** What went wrong and belongs to no field. */
  problem?: ClientError | undefined;
  busy = false;
  readonly #host: FormHost;
  readonly #options: FormOptions<Output>;
  #initial: Values;
  #sending?: Promise<Result<Output>> | undefined;

  constructor(host: FormHost, options: FormOptions<Output>) {
    this.#host = host;
    this.#options = options;
    this.#initial = this.values = options.initial ?? {};
  }

  get dirty(): boolean {
    return JSON.stringify(this.values) !== JSON.stringify(this.#initial);
  }

  /** The value of a name, such as `address.city`. */
  get(name: string): unknown {
    return name.split('.').reduce<unknown>((at, part) => (at as Values | undefined)?.[part], this.values);
  }

  set(name: string, value: unknown): void {
    this.values = put(this.values, name.split('.'), value);
    // What was wrong is judged again at each key; what was not is left in peace until the visitor leaves the field.
    if (this.error(name)) this.#judge(name);
    this.problem = undefined;
    this.#host.requestUpdate();
  }

  /** What is wrong with a name, or with a part of it; empty for nothing. */
  error(name: string): string {
    const pointer = pointerOf(name);
    for (const [at, message] of this.errors) if (at === pointer || at.startsWith(`${pointer}/`)) return message;
    return '';
  }

  /** Judges all fields and hands back whether the form may be sent. */
  validate(): boolean {
    const faults = faultsOf(this.#options.fields, filledIn(this.#options.fields, this.values));
    this.errors = new Map(faults.map(fault => [fault.pointer, this.#options.explain(fault)]));
    this.#host.requestUpdate();
    return !faults.length;
  }

  /** Sends what is filled in, with an idempotency key; a second call while one is on its way is the same sending. */
  submit(): Promise<Result<Output>> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** Back to where it began. */
  reset(values: Values = this.#initial): void {
    this.#initial = this.values = values;
    this.errors = new Map();
    this.touched.clear();
    this.problem = undefined;
    this.#host.requestUpdate();
  }

  /** Puts the focus into the first control, in the page's order, that has an error. */
  async focusError(): Promise<void> {
    await this.#host.updateComplete;
    for (const control of this.#host.renderRoot.querySelectorAll<Control>('[name]'))
      if (this.error(control.name)) return control.focus();
  }

  handleEvent(event: Event): void {
    if (event.type === 'submit') {
      event.preventDefault();
      this.submit();
      return;
    }
    const control = event.target as Control;
    const { name, type, checked, value } = control;
    if (!name) return;
    if (event.type !== 'focusout') this.set(name, type === 'checkbox' ? checked : value);
    else if (this.get(name) !== undefined) {
      this.touched.add(name);
      this.#judge(name);
    }
  }

  async #send(): Promise<Result<Output>> {
    const { fields, action, client, done } = this.#options;
    for (const name of Object.keys(fields)) this.touched.add(name);
    this.problem = undefined;
    if (!this.validate()) {
      await this.focusError();
      return { ok: false, error: { code: 'VALIDATION_FAILED', message: '' } };
    }
    this.busy = true;
    const sent = this.values;
    const reply = (await client()?.call<Output>(action, filledIn(fields, sent), { write: true })) ?? {
      ok: false as const,
      error: { code: 'UNREACHABLE', message: '' },
    };
    this.busy = false;
    if (reply.ok) {
      this.#initial = sent;
      done?.(reply.value);
    } else await this.#refused(reply.error);
    this.#host.requestUpdate();
    return reply;
  }

  /** Errors of the server go to their fields; those of none make up the form's own problem. */
  async #refused(error: ClientError): Promise<void> {
    const { fields } = this.#options;
    const of = (pointer: string) => (pointer.split('/')[1] ?? '') in fields;
    const known = (error.errors ?? []).filter(({ pointer }) => of(pointer));
    this.errors = new Map(known.map(({ pointer, message }) => [pointer, message]));
    if (!known.length || known.length < (error.errors?.length ?? 0)) this.problem = error;
    this.#host.requestUpdate();
    await this.focusError();
  }

  #judge(name: string): void {
    const { fields, explain } = this.#options;
    const root = pointerOf(name);
    const within = (pointer: string) => pointer === root || pointer.startsWith(`${root}/`);
    const others = [...this.errors].filter(([pointer]) => !within(pointer));
    const faults = faultsOf(fields, filledIn(fields, this.values)).filter(({ pointer }) => within(pointer));
    this.errors = new Map([...others, ...faults.map(fault => [fault.pointer, explain(fault)] as const)]);
    this.#host.requestUpdate();
  }
}
