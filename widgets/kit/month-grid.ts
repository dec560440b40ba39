/** A month as a grid of days (WAI-ARIA APG, date grid): alive where something is free, quiet where not. */
import { html, nothing, type TemplateResult } from 'lit';
import { addDays, addMonths, weekdayIndex } from './dates.ts';
import { month as monthName, weekday } from './format.ts';
import { icon } from './icons.ts';

export interface MonthGrid {
  readonly locale: string;
  /** The month's first day, `YYYY-MM-DD`. */
  readonly month: string;
  /** Whether the month's days are still unknown. */
  readonly busy: boolean;
  /** Whether it is still unknown which month it will be. */
  readonly blank?: boolean;
  readonly today: string;
  readonly selected?: string | undefined;
  /** The day that Tab reaches. */
  readonly cursor: string;
  /** The first day that one may go back to, in place of today. */
  readonly first?: string | undefined;
  /** Words for the buttons. */
  readonly previous: string;
  readonly next: string;
  /** How many things are free on a day. */
  count(date: string): number;
  /** What is spoken for a day. */
  label(date: string, count: number): string;
  /** The keyboard or a button went to another day, in this month or another. */
  onMove(date: string, focus: boolean): void;
  onPick(date: string): void;
}

/** The same day of another month, or that month's last. */
const sameDay = (date: string, months: number): string => {
  const first = addMonths(date, months);
  const last = addDays(addMonths(first, 1), -1);
  const wanted = first.slice(0, 8) + date.slice(8);
  return [wanted, last].sort()[0]!;
};

/** Renders the grid, as high for each month as for one of six weeks; the caller keeps the state and moves the focus to `td[tabindex="0"]`. */
export const monthGrid = (grid: MonthGrid): TemplateResult => {
  const { locale, month, today } = grid;
  const start = addDays(month, -weekdayIndex(locale, month));
  const end = addMonths(month, 1);
  const key = (event: KeyboardEvent) => {
    const { d: date } = (event.target as HTMLElement).dataset;
    if (!date) return;
    const column = weekdayIndex(locale, date);
    const forward = getComputedStyle(event.target as Element).direction === 'rtl' ? -1 : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -forward,
      ArrowRight: forward,
      ArrowUp: -7,
      ArrowDown: 7,
      Home: -column,
      End: 6 - column,
    };
    const step = steps[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') grid.onPick(date);
    else if (step != null) grid.onMove(addDays(date, step), true);
    else if (months) grid.onMove(sameDay(date, event.shiftKey ? months * 12 : months), true);
    else return;
    event.preventDefault();
  };
  const cell = (date: string) => {
    if (date < month || date >= end) return html`<td></td>`;
    const count = grid.count(date);
    return html`<td
      role="gridcell"
      data-d=${date}
      tabindex=${date === grid.cursor ? 0 : -1}
      class=${count ? 'free' : ''}
      aria-selected=${date === grid.selected}
      aria-disabled=${!count}
      aria-current=${date === today ? 'date' : nothing}
      aria-label=${grid.label(date, count)}
      @click=${() => grid.onPick(date)}
    >${grid.blank ? '' : +date.slice(8)}</td>`;
  };
  const days = [0, 1, 2, 3, 4, 5, 6];
  return html`<div class="bar">
      <button class="tool" aria-label=${grid.previous} aria-disabled=${month <= (grid.first ?? today)} @click=${() => month > (grid.first ?? today) && grid.onMove(addMonths(month, -1), false)}>
        ${icon('back')}
      </button>
      <h3 id="month" aria-live="polite">${grid.blank ? '' : monthName(locale, month)}</h3>
      <button class="tool" aria-label=${grid.next} @click=${() => grid.onMove(addMonths(month, 1), false)}>${icon('next')}</button>
    </div>
    <table role="grid" aria-labelledby="month" aria-busy=${grid.busy} @keydown=${key}>
      <thead>
        <tr>
          ${days.map(i => {
            const date = addDays(start, i);
            return html`<th scope="col" abbr=${weekday(locale, date, 'long')}>${weekday(locale, date, 'short')}</th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${[0, 7, 14, 21, 28, 35]
          .map(from => addDays(start, from))
          .map(week => html`<tr aria-hidden=${week >= end}>${days.map(i => cell(addDays(week, i)))}</tr>`)}
      </tbody>
    </table>`;
};
