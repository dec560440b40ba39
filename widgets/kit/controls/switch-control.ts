/** On or off, at once (WAI-ARIA APG, switch). */
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { type Described, FormControl } from './form-control.ts';
import { switchStyles } from './switch-styles.ts';

/**
 * @tag inlaykit-switch
 */
export class SwitchControl extends FormControl<boolean> {
  static override styles: CSSResultGroup = [FormControl.styles, switchStyles];

  /** A switch has its label beside it. */
  protected override get beside(): boolean {
    return true;
  }
  protected empty(): boolean {
    return false;
  }
  protected read(text: string): boolean {
    return text === 'true';
  }
  protected write(value: boolean): string | null {
    return value ? 'true' : null;
  }
  protected check(): undefined {}

  protected control({ invalid, by }: Described): TemplateResult {
    const { readonly } = this;
    return html`<label class="switch"><input id="control" type="checkbox" role="switch" .checked=${this.value} ?required=${this.required}
        ?disabled=${this.inactive} aria-readonly=${!!readonly} aria-invalid=${invalid} aria-describedby=${by || nothing}
        aria-label=${this.label ? nothing : this.caption || nothing} @click=${(event: Event) => readonly && event.preventDefault()}
        @keydown=${this.#key} @input=${(event: Event) => this.edit((event.target as HTMLInputElement).checked)} /><span>${this.label}</span></label>`;
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.send();
  };
}
