/** An instant: a date and a time on the clock of a zone that is shown; the value is RFC 3339 in UTC. */

import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { define } from '../define.ts';
import { pageNow } from '../page-clock.ts';
import { type Fault, fault } from './checks/fault.ts';
import { DateControl } from './date-control.ts';
import { dateWords } from './date-words.ts';
import { type Described, FormControl } from './form-control.ts';
import { TimeControl } from './time-control.ts';
import { fromTheWall, onTheWall } from './zoned-instant.ts';

/**
 * @tag inlaykit-date-time
 */
export class DateTimeControl extends FormControl<string> {
  static override properties: PropertyDeclarations = { min: {}, max: {}, zone: {}, step: { type: Number } };
  static override readonly words = { ...dateWords, day: 'Day', time: 'Time', 'fault.half': 'Enter a day and a time.' };

  /** RFC 3339. */
  declare min?: string;
  declare max?: string;
  /** IANA name; the visitor's own without. */
  declare zone?: string;
  /** Minutes from one time to the next. */
  declare step?: number;
  /** The half that was given while the other is missing. */
  #half: Readonly<{ date: string; time: string }> = { date: '', time: '' };
  #typing = false;

  constructor() {
    super();
    define('inlaykit-date', DateControl);
    define('inlaykit-time', TimeControl);
  }

  get clock(): string {
    return this.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  protected override get group(): boolean {
    return true;
  }
  protected override get blank(): boolean {
    return super.blank && !this.#half.date && !this.#half.time;
  }
  protected empty(): string {
    return '';
  }
  protected read(text: string): string {
    return text;
  }
  protected write(value: string): string | null {
    return value || null;
  }
  protected check(value: string): Fault | undefined {
    if (!value) return fault('half');
    const instant = Date.parse(value);
    if (Number.isNaN(instant)) return fault('date');
    if (this.min && instant < Date.parse(this.min)) return fault('early', this.#said(this.min));
    return this.max && instant > Date.parse(this.max) ? fault('late', this.#said(this.max)) : undefined;
  }

  #said(instant: string): string {
    return this.place
      .date({ timeZone: this.clock, dateStyle: 'medium', timeStyle: 'short' })
      .format(Date.parse(instant));
  }

  protected override taking(): void {
    if (!this.#typing) this.#half = { date: '', time: '' };
  }

  /** What the two boxes hold. */
  get #parts(): { date: string; time: string } {
    const [date = '', time = ''] =
      this.value && !Number.isNaN(Date.parse(this.value)) ? onTheWall(this.value, this.clock).split('T') : [];
    return date ? { date, time } : { ...this.#half };
  }

  #change(part: 'date' | 'time', event: Event): void {
    const parts = { ...this.#parts, [part]: (event.currentTarget as FormControl<string>).value };
    this.#half = parts;
    this.#typing = true;
    this.edit(parts.date && parts.time ? fromTheWall(`${parts.date}T${parts.time}`, this.clock) : '');
    this.#typing = false;
  }

  protected control({ invalid, by }: Described): TemplateResult {
    const { t, clock, min, max } = this;
    const { date, time } = this.#parts;
    const day = (instant: string | undefined) => instant && onTheWall(instant, clock).slice(0, 10);
    const name = this.caption;
    const label = (part: string) => `${name && `${name}: `}${part}`;
    return html`<div id="control" role="group" aria-label=${name || t('day')} aria-describedby=${`${by} zone`.trim()} class="pair">
        <inlaykit-date required .value=${date} .min=${day(min)} .max=${day(max)} .named=${label(t('day'))} ?disabled=${this.inactive}
          ?readonly=${this.readonly} .flagged=${invalid} @input=${(event: Event) => this.#change('date', event)}></inlaykit-date>
        <inlaykit-time required .value=${time} .step=${this.step} .named=${label(t('time'))} ?disabled=${this.inactive}
          ?readonly=${this.readonly} .flagged=${invalid} @input=${(event: Event) => this.#change('time', event)}></inlaykit-time>
      </div>
      <p id="zone" class="muted">${this.#zoneName(clock)}</p>`;
  }

  /** As people say it, at the time that is chosen. */
  #zoneName(zone: string): string {
    const at = Date.parse(this.value) || pageNow();
    const part = (style: 'long' | 'shortOffset') =>
      this.place
        .date({ timeZone: zone, timeZoneName: style })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return `${part('long')} (${part('shortOffset')})`;
  }
}
