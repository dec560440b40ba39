/** A control whose value is read from typed text: what cannot be read stays in the box and is said to be wrong. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Fault, type FaultCode, fault } from './checks/fault.ts';
import { type Described, FormControl } from './form-control.ts';

export interface Box {
  readonly kind: string;
  readonly mode?: 'numeric' | 'decimal' | 'tel';
  readonly placeholder?: string;
  readonly autocomplete?: string;
  onKey?(event: KeyboardEvent): void;
}

export abstract class TypedControl<Value> extends FormControl<Value> {
  /** What is in the box while it is typed, or because it cannot be read. */
  protected typed?: string | undefined;
  #typing?: string | undefined;
  #unreadable = false;

  /** What is said of text that is no value. */
  protected abstract readonly unreadable: FaultCode;
  protected abstract parse(text: string): Value | undefined;
  /** The value as the box shows it once it is settled. */
  protected abstract format(value: Value): string;
  protected abstract judge(value: Value): Fault | undefined;

  protected override check(value: Value): Fault | undefined {
    return this.#unreadable ? fault(this.unreadable) : this.judge(value);
  }

  protected override get blank(): boolean {
    return !this.#unreadable && super.blank;
  }

  protected override taking(): void {
    this.typed = this.#typing;
    this.#unreadable = !!this.typed?.trim() && this.parse(this.typed) === undefined;
    this.#typing = undefined;
  }

  /** Takes text as if it were typed. */
  protected type(text: string): void {
    this.#typing = text;
    this.edit((text.trim() ? this.parse(text) : undefined) ?? this.empty());
  }

  #settle = (): void => {
    if (!this.#unreadable) this.typed = undefined;
    this.requestUpdate();
  };

  protected box({ invalid, by }: Described, { kind, mode, placeholder, autocomplete, onKey }: Box): TemplateResult {
    const key = (event: KeyboardEvent) => {
      onKey?.(event);
      if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
      this.#settle();
      this.send();
    };
    return html`<input id="control" class="box ${kind}" type=${mode === 'tel' ? 'tel' : 'text'} inputmode=${mode ?? 'text'}
      @input=${(event: Event) => this.type((event.target as HTMLInputElement).value)} @change=${this.#settle} @keydown=${key}
      ?required=${this.required} ?disabled=${this.inactive} ?readonly=${this.readonly} aria-invalid=${invalid} aria-describedby=${by || nothing}
      aria-label=${this.label ? nothing : this.caption || nothing} placeholder=${placeholder ?? nothing} autocomplete=${autocomplete ?? 'off'} />`;
  }

  /** By hand, since what was rendered last says nothing of what was typed since. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const box = this.renderRoot.querySelector<HTMLInputElement>('#control')!;
    const text = this.typed ?? (super.blank ? '' : this.format(this.value));
    if (box.value !== text) box.value = text;
  }
}
