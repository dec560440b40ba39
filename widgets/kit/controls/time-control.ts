/** A time of day, by the browser's own input: the one that a phone's wheel and a reader's habits fit. */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { isTime } from '../../../schemas/time/local-time.ts';
import { type Fault, fault } from './checks/fault.ts';
import { dateWords } from './date-words.ts';
import { type Described, FormControl } from './form-control.ts';

/**
 * @tag inlaykit-time
 */
export class TimeControl extends FormControl<string> {
  static override properties: PropertyDeclarations = { min: {}, max: {}, step: { type: Number } };
  static override readonly words = dateWords;

  /** `HH:mm`. */
  declare min?: string;
  declare max?: string;
  /** Minutes from one time to the next, counted from `min`. */
  declare step?: number;

  protected empty(): string {
    return '';
  }
  protected read(text: string): string {
    return text.slice(0, 5);
  }
  protected write(value: string): string | null {
    return value || null;
  }
  protected check(value: string): Fault | undefined {
    const { min = '00:00', max, step } = this;
    if (!isTime(value)) return fault('time');
    if (value < min) return fault('early', this.#said(min));
    if (max && value > max) return fault('late', this.#said(max));
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    return step && (minutes(value) - minutes(min)) % step ? fault('unavailable') : undefined;
  }

  #said(time: string): string {
    return this.place
      .date({ timeZone: 'UTC', hour: 'numeric', minute: '2-digit' })
      .format(Date.parse(`1970-01-01T${time}Z`));
  }

  protected control({ invalid, by }: Described): TemplateResult {
    return html`<input id="control" class="box figures" type="time" .value=${this.value} min=${this.min ?? nothing} max=${this.max ?? nothing}
      step=${this.step ? this.step * 60 : nothing} ?required=${this.required} ?disabled=${this.inactive} ?readonly=${this.readonly}
      aria-invalid=${invalid} aria-describedby=${by || nothing} aria-label=${this.label ? nothing : this.caption || nothing}
      @input=${(event: Event) => this.edit(this.read((event.target as HTMLInputElement).value))} @keydown=${this.#key} />`;
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.send();
  };
}
