/** Day and time: asks for the months that are looked at, and shows their days and the times of one. */
import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Result } from '../../../embed-sdk/types.ts';
import type { InlayElement } from '../../kit/base-element.ts';
import { addMonths } from '../../kit/dates.ts';
import { dateIn, day, month } from '../../kit/format.ts';
import { icon } from '../../kit/icons.ts';
import { monthGrid } from '../../kit/month-grid.ts';
import { slotList } from '../../kit/slot-list.ts';
import type { Availability, Query } from './booking-types.ts';

const globe = 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15m0 0c5 5 5 10 0 15m0-15c-5 5-5 10 0 15M2.5 10h15';

/** Always in the same order, as a browser keeps the place of what somebody has chosen. */
const zones = (own: string) => [...new Set([...Intl.supportedValuesOf('timeZone'), own])];

const firstOf = (date: string) => `${date.slice(0, 7)}-01`;

export class TimePicker implements ReactiveController {
  zone = '';
  /** The slot that is being taken. */
  taking?: string | undefined;
  readonly #host: InlayElement;
  readonly #onPick: (slot: string) => void;
  #query!: Query;
  /** By first day; a month that is on its way is undefined. */
  #months = new Map<string, Result<Availability> | undefined>();
  /** Times have come once: what stands below them is in its place from then on. */
  #came = false;
  #cursor = '';
  #selected?: string | undefined;
  #focus = false;
  #roving = false;
  #asked?: AbortController;

  constructor(host: InlayElement, onPick: (slot: string) => void) {
    this.#host = host;
    this.#onPick = onPick;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.retry);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.retry);
  }

  hostUpdated(): void {
    if (this.#focus) this.#host.renderRoot.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
    this.#focus = false;
  }

  /** Starts over for another service, person, length or zone; the day that was looked at is kept. */
  open(query: Query, zone = this.zone || Intl.DateTimeFormat().resolvedOptions().timeZone): void {
    this.#query = query;
    this.zone = zone;
    this.taking = undefined;
    this.#months.clear();
    this.#asked?.abort();
    this.#asked = new AbortController();
    const today = dateIn(zone);
    if (this.#cursor < today) this.#cursor = today;
    this.#roving = false;
    this.#load(firstOf(this.#cursor), !this.#selected);
  }

  /** Asks again for what failed. */
  retry = (): void => {
    const shown = firstOf(this.#cursor);
    if (this.#months.get(shown)?.ok === false) this.#load(shown, true);
  };

  /** What a visitor pressed goes away by it; its step's heading stays. */
  #leave(): void {
    this.#host.frame.querySelector('h2')!.focus({ preventScroll: true });
  }

  #again = (): void => {
    this.#leave();
    this.retry();
  };

  async #load(first: string, jump: boolean): Promise<void> {
    const months = this.#months;
    const asked = this.#asked!;
    months.set(first, undefined);
    this.#host.requestUpdate();
    const input = { ...this.#query, from: first, to: addMonths(first, 1), zone: this.zone };
    const result = await this.#host.client!.call<Availability>('availability', input, { signal: asked.signal });
    if (asked.signal.aborted) return;
    months.set(first, result);
    if (firstOf(this.#cursor) === first) this.#settle(first, jump);
    // Not by the answer of a month that nothing is free in any more: another is on its way.
    this.#came ||= !!months.get(firstOf(this.#cursor));
    this.#host.requestUpdate();
  }

  /** Opens the first free day, so that times show at once; not while the keyboard is on its way through the grid. */
  #settle(first: string, jump = false): void {
    const result = this.#months.get(first);
    if (!result?.ok || this.#roving) return;
    const { days, next } = result.value;
    if (!days.some(({ date }) => date === this.#selected)) {
      this.#selected = (days.find(({ date }) => date >= this.#cursor) ?? days[0])?.date;
      // The first look answers "when can I come?", also on the last days of a month.
      if (!this.#selected && next && jump) this.#move(next, false);
    }
    this.#cursor = this.#selected ?? this.#cursor;
  }

  #move(date: string, focus: boolean): void {
    const first = firstOf(date);
    const today = dateIn(this.zone);
    this.#cursor = date < today ? today : date;
    this.#focus = this.#roving = focus;
    if (this.#months.has(first)) this.#settle(first);
    else this.#load(first, false);
    this.#host.requestUpdate();
  }

  #days(first: string): Availability['days'] {
    const result = this.#months.get(first);
    return result?.ok ? result.value.days : [];
  }

  #slots(date: string | undefined): readonly string[] {
    return (date && this.#days(firstOf(date)).find(d => d.date === date)?.slots) || [];
  }

  render(): TemplateResult {
    const { t, language: locale } = this.#host;
    const shown = firstOf(this.#cursor);
    return html`<div class="pick">
        <div class="calendar">
          ${monthGrid({
            locale,
            month: shown,
            today: dateIn(this.zone),
            busy: !this.#months.get(shown),
            blank: !this.#came,
            selected: this.#selected,
            cursor: this.#cursor,
            previous: t('time.previous'),
            next: t('time.next'),
            count: date => this.#slots(date).length,
            label: (date, n) => `${day(locale, date)}, ${n ? t('time.free', { n }) : t('time.none')}`,
            onMove: (date, focus) => this.#move(date, focus),
            onPick: date => {
              if (!this.#slots(date).length) return;
              this.#selected = this.#cursor = date;
              this.#host.requestUpdate();
            },
          })}
        </div>
        <div class="times" aria-busy=${!this.#months.get(shown)}>${this.#times(shown)}</div>
      </div>
      <label class=${this.#came ? 'zone' : 'zone late'}>
        ${icon('', globe)}
        <select aria-label=${t('time.zone')} @change=${(event: Event) => this.open(this.#query, (event.target as HTMLSelectElement).value)}>
          ${zones(this.zone).map(
            zone => html`<option value=${zone} .selected=${zone === this.zone}>${zone.replaceAll('_', ' ')}</option>`,
          )}
        </select>
      </label>`;
  }

  #times(shown: string): unknown {
    const { t, language: locale } = this.#host;
    const result = this.#months.get(shown);
    if (!result) return html`<i class="bone"></i><i class="bone"></i><i class="bone"></i>`;
    if (!result.ok)
      return html`<p class="notice" role="alert">${this.#host.explain(result.error)}</p>
        <button class="plain" @click=${this.#again}>${t('retry')}</button>`;
    const { days, next } = result.value;
    if (!days.length)
      return html`<p>${t('time.empty', { month: month(locale, shown) })}</p>
        ${
          next
            ? html`<button class="plain" @click=${() => {
                this.#leave();
                this.#move(next, false);
              }}>${t('time.jump', { day: day(locale, next) })}</button>`
            : t('time.never')
        }`;
    const slots = this.#slots(this.#selected);
    if (!slots.length || firstOf(this.#selected!) !== shown) return html`<p class="muted">${t('time.pick')}</p>`;
    return html`<h3>${day(locale, this.#selected!)}</h3>
      ${slotList({ t, locale, zone: this.zone, slots, taking: this.taking, onPick: this.#onPick })}`;
  }
}
