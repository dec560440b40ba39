/** What happens in a month: a grid of days where there is room, and the agenda of the day or the month below it. */
import { html, type TemplateResult } from 'lit';
import type { ShownRecord } from '../../../schemas/protocol/widget.ts';
import { day } from '../format.ts';
import { monthGrid } from '../month-grid.ts';
import { calendarStyles } from './calendar-styles.ts';
import { partsLine } from './record-parts.ts';
import { RecordsElement } from './records-element.ts';

export class CalendarElement extends RecordsElement {
  static override styles = [...RecordsElement.styles, calendarStyles];

  /** The day that Tab reaches, in the month that shows; the business's today at first. */
  cursor = '';
  /** The day whose agenda shows; the whole month's without one. */
  picked?: string | undefined;

  get month(): string {
    return `${(this.cursor || this.view.today!).slice(0, 7)}-01`;
  }

  on(date: string): readonly ShownRecord[] {
    return this.page.records.filter(({ days }) => days && days[0] <= date && date <= days[1]);
  }

  async #move(date: string, focus: boolean): Promise<void> {
    const { month } = this;
    this.cursor = date;
    if (this.month !== month) {
      this.picked = undefined;
      await this.load({ month: date.slice(0, 7) });
    }
    this.requestUpdate();
    await this.updateComplete;
    if (focus) this.frame.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
  }

  #pick(date: string): void {
    this.cursor = date;
    this.picked = this.picked === date || !this.on(date)[0] ? undefined : date;
    this.requestUpdate();
  }

  protected override body(): TemplateResult {
    const { month, picked, language } = this;
    const today = this.view.today!;
    const records = picked ? this.on(picked) : this.page.records;
    const label = (date: string) => [day(language, date), ...this.on(date).map(({ title }) => title)].join(', ');
    return html`${monthGrid({
      locale: language,
      month,
      busy: !!this.busy,
      today,
      selected: picked,
      cursor: this.cursor || today,
      previous: this.say('previous'),
      next: this.say('next'),
      count: date => this.on(date).length,
      label,
      onMove: (date, focus) => this.#move(date, focus),
      onPick: date => this.#pick(date),
    })}
      <div class="list" aria-live="polite" tabindex="0">
        ${picked ? html`<h3>${day(language, picked)}</h3>` : ''}
        ${
          records[0] || this.busy
            ? html`<ul class="agenda">${records.map(record => this.#entry(record))}</ul>`
            : html`<p class="muted">${this.say('empty')}</p>`
        }
      </div>`;
  }

  #entry(record: ShownRecord): TemplateResult {
    const { days, at } = record;
    const span = [...new Set(days)].map(date => day(this.language, date)).join(' – ');
    return html`<li>
      <small><time datetime=${days![0]}>${span}</time>${at ? ` · ${at}` : ''}</small>
      ${this.titleOf(record)}
      <small>${partsLine(record)}</small>
    </li>`;
  }
}
