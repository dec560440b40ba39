/** A form from a manifest: native controls, made once and kept; what sends them comes once somebody means to write. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { FormControl, FormView } from '../../../schemas/protocol/widget.ts';
import { InlayElement } from '../base-element.ts';
import { part } from '../part.ts';
import { prefilled } from '../prefill.ts';
import { styles } from '../styles.ts';
import { formStyles } from './form-styles.ts';
import type { RichControl } from './rich-controls.ts';

export type NativeControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What sends a form and makes better controls; nothing where it cannot be had. */
const next = () => part(() => import('./form-next.ts')).catch(() => {});

/** @event {CustomEvent<{id: string | null}>} inlay:submitted - It was sent; the id is null where the visitor may not know it. */
export class FormElement extends InlayElement {
  static override styles = [...styles, formStyles];

  controls: Record<string, NativeControl | RichControl> = {};
  /** What is wrong, by field. */
  faults: Record<string, string> = {};
  declare notice?: string;
  declare busy?: boolean;
  declare done?: TemplateResult;
  /** When the form was made. */
  since = performance.now();
  #given: unknown;

  get view(): FormView {
    return this.opening!.views![this.localName] as FormView;
  }

  say(key: string): string {
    return this.view.words[key] ?? this.t(`kit.${key}`);
  }

  /** What the page gives later than the fields were drawn is for the part that is fetched when it is needed. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const given = this.prefill ?? this.context?.page.prefill;
    if (this.opening && this.#given !== given) this.enrich();
    this.#given = given;
  }

  /** Fetches what fills controls later, and those that are better than native ones; their places are kept until they are there. */
  enrich(): Promise<unknown> {
    return next().then(parts => parts?.makeRich(this));
  }

  #send(event: Event): void {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    next()
      .then(parts => parts!.send(this, form))
      .catch(() => {
        this.notice = this.t('problem.UNREACHABLE');
      })
      .then(() => this.requestUpdate());
  }

  native({ name, required, as, attrs, options, value = '' }: FormControl): NativeControl {
    const control = document.createElement(as);
    control.id = control.name = name;
    control.required = required as boolean;
    for (const key in attrs) control.setAttribute(key, attrs[key]!);
    for (const [value, label] of options ?? []) control.append(new Option(label, value));
    // A list's is ours alone.
    if (control.type !== 'checkbox')
      control.value = (control as HTMLInputElement).defaultValue = prefilled(this, name) || value;
    return control;
  }

  #field(field: FormControl): unknown {
    const { name, label, help, required } = field;
    const fault = this.faults[name];
    if (field.field && !this.controls[name]) {
      this.enrich();
      return html`<i class="bone control input"></i>`;
    }
    this.controls[name] ??= this.native(field);
    const control = this.controls[name] as NativeControl;
    // The kit's own have label, hint and fault in them.
    if (control.localName.startsWith('inlaykit')) return control;
    const tick = control.type === 'checkbox';
    control.setAttribute('aria-invalid', `${!!fault}`);
    // Of these, what is there is read out.
    control.setAttribute('aria-describedby', `${name}-error ${name}-help`);
    const text = html`<label for=${name}>${label} ${required || tick ? '' : html`<small>${this.say('optional')}</small>`}</label>
      ${help && html`<small id="${name}-help">${help}</small>`}`;
    return html`<div class=${tick ? 'tick' : control.localName}>
      ${tick ? [control, text] : [text, control]}
      ${fault && html`<p class="error" id="${name}-error">${fault}</p>`}
    </div>`;
  }

  protected override content(): TemplateResult {
    const { view, notice, done } = this;
    const intro = view.words['intro'];
    return (
      done ||
      html`<form class=${view.layout} novalidate @focusin=${this.enrich} @submit=${(event: Event) => this.#send(event)}>
        <h2 tabindex="-1">${this.say('title')}</h2>
        ${intro && html`<p>${intro}</p>`}
        ${view.controls.map(field => this.#field(field))}
        <p class="sr" aria-hidden="true"><input name="trap" tabindex="-1" autocomplete="off" /></p>
        ${notice && html`<p class="notice" role="alert">${notice}</p>`}
        <button class="go" aria-busy=${!!this.busy}>${this.say(this.busy ? 'sending' : 'send')}</button>
      </form>`
    );
  }

  protected override skeleton(): TemplateResult {
    return html`<i class="bone title"></i><i class="bone control"></i><i class="bone control"></i><i class="bone control"></i><i class="bone control"></i>`;
  }
}
