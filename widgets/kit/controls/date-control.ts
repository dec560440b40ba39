/** A calendar date: typed in the order of the language, or chosen from a month (WAI-ARIA APG, date picker dialog). */
import { type CSSResultGroup, html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { isDate } from '../../../schemas/time/date.ts';
import { addMonths } from '../dates.ts';
import { dateIn, day } from '../format.ts';
import { monthGrid } from '../month-grid.ts';
import { type Fault, fault } from './checks/fault.ts';
import { dateStyles } from './date-styles.ts';
import { dateWords } from './date-words.ts';
import { type Described, FormControl } from './form-control.ts';
import { placeBelow } from './place-below.ts';
import { dateFigures, readDate } from './read-date.ts';
import { TypedControl } from './typed-control.ts';

/**
 * @tag inlaykit-date
 */
export class DateControl extends TypedControl<string> {
  static override styles: CSSResultGroup = [FormControl.styles, dateStyles];
  static override properties: PropertyDeclarations = {
    min: {},
    max: {},
    autocomplete: {},
    accepts: { attribute: false },
    open: { state: true },
  };
  static override readonly words = {
    ...dateWords,
    calendar: 'Calendar',
    previous: 'Previous month',
    next: 'Next month',
  };

  /** `YYYY-MM-DD`. */
  declare min?: string;
  declare max?: string;
  /** `bday` for the visitor's own birthday. */
  declare autocomplete?: AutoFill;
  /** Whether a day within the limits can be chosen. */
  declare accepts?: (date: string) => boolean;
  declare open?: boolean;
  protected readonly unreadable = 'date';
  #cursor = '';
  #focus = false;
  #back = false;
  #pressedOpen = false;

  get #today(): string {
    return dateIn(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }

  protected empty(): string {
    return '';
  }
  protected parse(text: string): string | undefined {
    return readDate(text, this.place.locale, this.#today);
  }
  protected read(text: string): string {
    return text;
  }
  protected write(value: string): string | null {
    return value || null;
  }
  protected format(value: string): string {
    return isDate(value) ? dateFigures(this.place.locale).format(Date.parse(value)) : value;
  }
  protected judge(value: string): Fault | undefined {
    if (!isDate(value)) return fault('date');
    if (this.min && value < this.min) return fault('early', this.format(this.min));
    if (this.max && value > this.max) return fault('late', this.format(this.max));
    return this.accepts?.(value) === false ? fault('unavailable') : undefined;
  }

  #within(date: string): string {
    const { min, max } = this;
    if (min && date < min) return min;
    return max && date > max ? max : date;
  }

  #move(date: string, focus: boolean): void {
    this.#cursor = this.#within(date);
    this.#focus = focus;
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#focus) this.renderRoot.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
    this.#focus = false;
  }

  get #popover(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('[popover]')!;
  }

  /** The browser closes what is open with the press, and the click that follows is no wish to open it again. */
  #press = (): void => {
    this.#pressedOpen = !!this.open;
  };

  #show = (): void => {
    const pressedOpen = this.#pressedOpen;
    this.#pressedOpen = false;
    if (pressedOpen || this.readonly || this.inactive) return;
    this.#move(this.judge(this.value) ? this.#today : this.value, true);
    this.open = true;
    this.#popover.showPopover();
    this.updateComplete.then(() => placeBelow(this.#popover, this.renderRoot.querySelector('.row')!));
  };

  /** Whoever was in the calendar when it closed goes back to its button; whoever pressed elsewhere stays there. */
  #leaving = (event: ToggleEvent): void => {
    this.#back = event.newState === 'closed' && this.#popover.contains((this.renderRoot as ShadowRoot).activeElement);
  };

  #toggled = (event: ToggleEvent): void => {
    this.open = event.newState === 'open';
    if (this.#back) this.renderRoot.querySelector<HTMLElement>('.tool')?.focus();
    this.#back = false;
  };

  protected control(described: Described): TemplateResult {
    const { place, t, inactive } = this;
    const name = this.caption;
    const box = this.box(described, {
      kind: 'figures',
      placeholder: this.format(`${this.#today.slice(0, 4)}-12-31`),
      autocomplete: this.autocomplete,
      onKey: event => {
        if (event.key !== 'ArrowDown' || !event.altKey) return;
        event.preventDefault();
        this.#show();
      },
    });
    return html`<div class="row">
        ${box}
        <button class="tool" type="button" aria-label=${`${t('calendar')}${name && `, ${name}`}`} aria-haspopup="dialog" aria-expanded=${!!this.open}
          ?disabled=${inactive || this.readonly} @pointerdown=${this.#press} @click=${this.#show}>
          <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 5h12v11.5H4zM4 8.5h12M7 3v3.5M13 3v3.5" /></svg>
        </button>
      </div>
      <div popover role="dialog" aria-label=${t('calendar')} @beforetoggle=${this.#leaving} @toggle=${this.#toggled}>${
        this.open
          ? monthGrid({
              locale: place.locale,
              month: addMonths(this.#cursor, 0),
              busy: false,
              today: this.#today,
              first: this.min ?? '0001-01-01',
              selected: this.value,
              cursor: this.#cursor,
              previous: t('previous'),
              next: t('next'),
              count: date => (this.judge(date) ? 0 : 1),
              label: date => `${day(place.locale, date)} ${date.slice(0, 4)}`,
              onMove: (date, focus) => this.#move(date, focus),
              onPick: date => this.#pick(date),
            })
          : ''
      }</div>`;
  }

  #pick(date: string): void {
    if (this.judge(date)) return;
    this.edit(date, true);
    this.#popover.hidePopover();
  }
}
