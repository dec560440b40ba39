/** One of a few (radio buttons), or some of them (checkboxes, `multiple`). */
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Fault, fault } from './checks/fault.ts';
import { choiceStyles } from './choice-styles.ts';
import { type Choice, choicesIn } from './choices.ts';
import { type Described, FormControl } from './form-control.ts';

/**
 * @tag inlaykit-choice
 */
export class ChoiceControl extends FormControl<string | readonly string[]> {
  static override styles: CSSResultGroup = [FormControl.styles, choiceStyles];
  static override properties: PropertyDeclarations = {
    options: { attribute: false },
    multiple: { type: Boolean },
    max: { type: Number },
  };

  declare options?: readonly Choice[];
  /** Some may be chosen; the value is then a list. */
  declare multiple?: boolean;
  /** How many at most. */
  declare max?: number;

  get choices(): readonly Choice[] {
    return this.options ?? choicesIn(this);
  }

  get #chosen(): readonly string[] {
    return [this.value].flat().filter(Boolean);
  }

  protected override get blank(): boolean {
    return !this.#chosen.length;
  }
  protected override get group(): boolean {
    return true;
  }
  protected empty(): string | readonly string[] {
    return this.multiple ? [] : '';
  }
  protected read(text: string): string | readonly string[] {
    return this.multiple ? text.split(',').filter(Boolean) : text;
  }
  protected write(): string | FormData | null {
    const chosen = this.#chosen;
    if (!this.multiple) return chosen[0] ?? null;
    const data = new FormData();
    for (const value of chosen) data.append(this.name, value);
    return this.name ? data : null;
  }
  protected check(): Fault | undefined {
    const { max = Infinity } = this;
    const chosen = this.#chosen;
    if (chosen.length > max) return fault('many', max);
    return chosen.every(value => this.choices.some(choice => choice.value === value)) ? undefined : fault('choice');
  }

  #toggle(value: string, on: boolean): void {
    const chosen = this.#chosen;
    const all = this.choices.map(choice => choice.value);
    this.edit(this.multiple ? all.filter(other => (other === value ? on : chosen.includes(other))) : value);
  }

  protected control({ invalid, by }: Described): TemplateResult {
    const { multiple, inactive, readonly } = this;
    const chosen = this.#chosen;
    return html`<div id="control" role=${multiple ? 'group' : 'radiogroup'} aria-labelledby=${this.label ? 'label' : nothing}
      aria-label=${this.label ? nothing : this.caption || nothing} aria-describedby=${by || nothing} aria-invalid=${invalid}
      aria-required=${multiple ? nothing : !!this.required} aria-readonly=${multiple ? nothing : !!readonly}>
      ${this.choices.map(
        choice => html`<label class="choice"><input type=${multiple ? 'checkbox' : 'radio'} name="choice" .checked=${chosen.includes(choice.value)}
            ?disabled=${inactive || choice.disabled || (readonly && !chosen.includes(choice.value))}
            @click=${(event: Event) => readonly && event.preventDefault()}
            @input=${(event: Event) => this.#toggle(choice.value, (event.target as HTMLInputElement).checked)} /><span>${choice.label}</span></label>`,
      )}
    </div>`;
  }
}
