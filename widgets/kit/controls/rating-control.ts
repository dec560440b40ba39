/** So many of so many stars: radio buttons that look like stars (WAI-ARIA APG, radio group). */
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Fault, fault } from './checks/fault.ts';
import { type Described, FormControl } from './form-control.ts';
import { ratingStyles } from './rating-styles.ts';

const star = 'm10 2.2 2.4 5 5.4.7-4 3.800 1 5.400L10 14.500 5.200 17.100l1-5.400-4-3.800 5.400-.7z';

/**
 * @tag inlaykit-rating
 */
export class RatingControl extends FormControl<number | null> {
  static override styles: CSSResultGroup = [FormControl.styles, ratingStyles];
  static override properties: PropertyDeclarations = { max: { type: Number }, half: { type: Boolean } };
  static override readonly words = {
    'stars.one': '{shown} star',
    'stars.other': '{shown} stars',
    unrated: 'Not rated',
  };

  /** How many stars there are; 5 without. */
  declare max?: number;
  /** Halves can be given. */
  declare half?: boolean;

  protected override get group(): boolean {
    return true;
  }
  protected empty(): null {
    return null;
  }
  protected read(text: string): number | null {
    return text ? Number(text) : null;
  }
  protected write(value: number | null): string | null {
    return value === null ? null : `${value}`;
  }
  protected check(value: number): Fault | undefined {
    const { max = 5, half } = this;
    if (value < (half ? 0.5 : 1)) return fault('low', half ? 0.5 : 1);
    return value > max ? fault('high', max) : (value * (half ? 2 : 1)) % 1 ? fault('number') : undefined;
  }

  protected control({ invalid, by }: Described): TemplateResult {
    const { max = 5, half, value, readonly, inactive } = this;
    const step = half ? 0.5 : 1;
    const values = Array.from({ length: Math.round(max / step) }, (_, index) => (index + 1) * step);
    const words = (n: number) => this.t('stars', { n, shown: this.place.number().format(n) });
    if (readonly)
      return html`<div id="control" class="stars" role="img" aria-label=${value === null ? this.t('unrated') : words(value)}>${values.map(one => this.#star(one))}</div>`;
    return html`<div id="control" class="stars" role="radiogroup" aria-labelledby=${this.label ? 'label' : nothing}
      aria-label=${this.label ? nothing : this.caption || nothing} aria-describedby=${by || nothing} aria-invalid=${invalid} aria-required=${!!this.required}>
      ${values.map(
        one => html`<label class=${half ? 'half' : ''}><input type="radio" name="stars" aria-label=${words(one)} .checked=${one === value}
            ?disabled=${inactive} @click=${() => this.#again(one)} @input=${() => this.edit(one)} />${this.#star(one)}</label>`,
      )}
    </div>`;
  }

  /** A radio button cannot be taken back, a rating that nobody asked for can; a click comes before what it changes. */
  #again(one: number): void {
    if (one === this.value && !this.required) this.edit(null, true);
  }

  #star(one: number): TemplateResult {
    const full = this.value !== null && one <= this.value;
    const side = this.half ? (one % 1 ? 'start' : 'end') : '';
    return html`<svg class="star ${full ? 'full' : ''} ${side}" viewBox="0 0 20 20" aria-hidden="true"><path d=${star} /></svg>`;
  }
}
