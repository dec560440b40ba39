/**
 * What every control of a form is: an element that takes part in native forms (HTML standard, form-associated custom elements)
 * with a value of its own type, a label, a hint, and an error that is tied to it and spoken.
 */
import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import { LocaleController } from '../controllers/locale-controller.ts';
import { nameParts } from '../name-parts.ts';
import type { Words } from '../words.ts';
import { type Fault, type FaultCode, fault } from './checks/fault.ts';
import { controlStyles } from './control-styles.ts';
import { type Strings, sentence, wordsIn } from './control-words.ts';

/** What the rendered control says of itself to assistive technology. */
export interface Described {
  readonly invalid: boolean;
  /** Ids of hint and error, for `aria-describedby`. */
  readonly by: string;
}

const flags: Partial<Record<FaultCode, keyof ValidityStateFlags>> = {
  required: 'valueMissing',
  tooShort: 'tooShort',
  tooLong: 'tooLong',
  low: 'rangeUnderflow',
  high: 'rangeOverflow',
  early: 'rangeUnderflow',
  late: 'rangeOverflow',
  email: 'typeMismatch',
  url: 'typeMismatch',
};

/**
 * @event input - The visitor changed the value.
 * @event change - The visitor has settled on the value.
 * @csspart button - Whatever is pressed in it.
 * @csspart field - What is typed or chosen in.
 * @csspart label - Its words, and those of each choice.
 * @csspart error - What is wrong.
 */
export abstract class FormControl<Value> extends LitElement {
  static readonly formAssociated = true;
  static override styles: CSSResultGroup = controlStyles;
  static override properties: PropertyDeclarations = {
    label: {},
    hint: {},
    error: {},
    locale: {},
    initial: { attribute: 'value' },
    required: { type: Boolean },
    readonly: { type: Boolean },
    shown: { state: true },
    named: { attribute: false },
    flagged: { attribute: false },
  };
  /** English of the control's own words. */
  static readonly words: Strings = {};

  declare label?: string;
  declare hint?: string;
  /** What the server or the form found wrong; gone with the visitor's next change. */
  declare error?: string;
  declare locale?: string;
  /** The value that a reset goes back to, as text. */
  declare initial?: string | null;
  declare required?: boolean;
  declare readonly?: boolean;
  /** Whether what is wrong is shown: after the visitor left a changed control, or tried to send the form. */
  declare shown?: boolean;
  /** What it is called where it is a part of another control, which has the label. */
  declare named?: string;
  /** Marked as wrong by the control that it is a part of, which says why. */
  declare flagged?: boolean;
  protected readonly internals = this.attachInternals();
  protected readonly place = new LocaleController(this);
  protected t: Words = key => key;
  #value = this.empty();
  #dirty = false;

  constructor() {
    super();
    this.addEventListener('focusout', () => {
      this.shown ||= this.#dirty;
    });
    this.addEventListener('invalid', this.#refused);
  }

  /** The value of a control that holds nothing. */
  protected abstract empty(): Value;
  /** Reads the `value` attribute, and what the browser restores from a form. */
  protected abstract read(text: string): Value;
  /** What a native form sends; null for nothing. */
  protected abstract write(value: Value): string | FormData | File | null;
  /** What is wrong with a value that is there. */
  protected abstract check(value: Value): Fault | undefined;
  protected abstract control(described: Described): unknown;

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: every control has its own.
    return [...super.observedAttributes, 'name'];
  }

  get name(): string {
    return this.getAttribute('name') ?? '';
  }
  set name(name: string) {
    this.setAttribute('name', name);
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }
  set disabled(disabled: boolean) {
    this.toggleAttribute('disabled', disabled);
  }

  /** Disabled by itself or by a fieldset around it. */
  get inactive(): boolean {
    return this.matches(':disabled');
  }

  get value(): Value {
    return this.#value;
  }
  set value(value: Value) {
    this.#dirty = true;
    this.#set(value);
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }
  get validity(): ValidityState {
    return this.internals.validity;
  }
  get validationMessage(): string {
    return this.internals.validationMessage;
  }
  get willValidate(): boolean {
    return this.internals.willValidate;
  }
  checkValidity(): boolean {
    this.#commit();
    return this.internals.checkValidity();
  }
  reportValidity(): boolean {
    this.#commit();
    return this.internals.reportValidity();
  }

  /** The words of `label`, else of a native label for this element. */
  protected get caption(): string {
    return this.label || this.named || [...this.internals.labels].map(label => label.textContent?.trim()).join(' ');
  }

  protected get blank(): boolean {
    return JSON.stringify(this.#value) === JSON.stringify(this.empty());
  }

  /** Whether the label names a group, whose members have labels of their own. */
  protected get group(): boolean {
    return false;
  }

  /** Whether the control draws its label itself. */
  protected get beside(): boolean {
    return false;
  }

  /** The visitor changed the value. Native inputs have sent `input` themselves. */
  protected edit(value: Value, settled = false): void {
    this.error = '';
    this.value = value;
    if (!settled) return;
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.attachShadow({ mode: 'open', delegatesFocus: true });
    const root = super.createRenderRoot();
    // Unlike `input`, this event stays in the shadow tree that it comes from.
    root.addEventListener('change', () => this.dispatchEvent(new Event('change', { bubbles: true })));
    return root;
  }

  override connectedCallback(): void {
    // A value that was set before this class was loaded hides the accessor.
    if (Object.hasOwn(this, 'value')) {
      const { value } = this;
      delete (this as { value?: Value }).value;
      this.value = value;
    }
    super.connectedCallback();
    // For the page, through whatever the control stands in.
    this.setAttribute('exportparts', 'button,field,label,error');
    this.#commit();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    // What a list or an address sends holds the name.
    if (name === 'name') this.#commit();
    else super.attributeChangedCallback(name, old, value);
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.t = wordsIn(this.place.locale, (this.constructor as typeof FormControl).words, () => this.requestUpdate());
    if (changed.has('initial') && !this.#dirty) this.#set(this.#initial);
  }

  protected override updated(_changed: PropertyValues): void {
    nameParts(this.renderRoot);
    // A list has no such state of its own: it is disabled, and does not look so.
    this.toggleAttribute('readonly', !!this.readonly);
    this.#commit();
  }

  protected override render(): unknown {
    const { hint, required } = this;
    const wrong = this.error || (this.shown && this.internals.validationMessage) || '';
    const by = [hint ? 'hint' : '', wrong ? 'error' : ''].join(' ').trim();
    return html`<div class="field">
      ${this.label && !this.beside ? this.#labelled(required) : ''}
      ${hint ? html`<p id="hint" class="muted">${hint}</p>` : ''}
      ${this.control({ invalid: !!wrong || !!this.flagged, by })}
      <p id="error" class="error" aria-live="polite">${wrong}</p>
    </div>`;
  }

  #labelled(required?: boolean): unknown {
    const words = html`${this.label}${required || this.readonly ? '' : html` <span class="muted">(${this.t('optional')})</span>`}`;
    return this.group
      ? html`<span id="label" class="caption">${words}</span>`
      : html`<label id="label" for="control">${words}</label>`;
  }

  formResetCallback(): void {
    this.error = '';
    this.shown = false;
    this.#dirty = false;
    this.#set(this.#initial);
  }

  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** Of a page that came back from history, and of autofill. */
  formStateRestoreCallback(state: string): void {
    this.#set(this.read(state));
  }

  get #initial(): Value {
    return this.initial == null ? this.empty() : this.read(this.initial);
  }

  /** A value is about to be taken over, whoever gives it. */
  protected taking(): void {}

  #set(value: Value): void {
    this.taking();
    this.#value = value ?? this.empty();
    this.#commit();
    this.requestUpdate();
  }

  /** Sends the form as Enter does in a native input: by its first submit button. */
  protected send(): void {
    const { form } = this;
    const button = [...(form?.elements ?? [])].find(element => (element as HTMLButtonElement).type === 'submit');
    if (button) (button as HTMLButtonElement).click();
    else form?.requestSubmit();
  }

  /** Tells the form what there is and what is wrong with it, at once: `new FormData(form)` may follow. */
  #commit(): void {
    const { internals, error } = this;
    const value = this.#value;
    internals.setFormValue(this.write(value), this.state(value));
    const found = this.readonly
      ? undefined
      : this.blank
        ? this.required
          ? fault('required')
          : undefined
        : this.check(value);
    const message = error || (found ? sentence(this.t, found) : '');
    if (!message) {
      internals.setValidity({});
      return;
    }
    const flag = error ? 'customError' : (flags[found!.code] ?? 'badInput');
    const anchor = this.renderRoot?.querySelector<HTMLElement>('#control');
    internals.setValidity({ [flag]: true }, message, anchor ?? undefined);
  }

  /** What the browser keeps of the control while the page is away; `read` takes it back. */
  protected state(value: Value): string {
    return `${value ?? ''}`;
  }

  /** The browser's own bubble is for the first of a form alone, which gets the focus; the others say it beneath. */
  #refused = (event: Event): void => {
    this.shown = true;
    const first = [...(this.form?.elements ?? [this])].find(
      element => !(element as unknown as FormControl<unknown>).validity?.valid,
    );
    if (first !== this) event.preventDefault();
  };
}
