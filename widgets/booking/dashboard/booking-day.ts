/** A day of appointments: one column for each member of staff, in the zone of the business. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ManifestJson } from '../../../schemas/module/manifest.ts';
import { addDays } from '../../kit/dates.ts';
import { define } from '../../kit/define.ts';
import { icon } from '../../kit/desk/icon.ts';
import { dateIn, day, time } from '../../kit/format.ts';
import { pageNow } from '../../kit/page-clock.ts';
import { AppointmentPanel, type StepRequest } from './appointment-panel.ts';
import { dayStyles } from './booking-day-styles.ts';
import { loadAppointments, loadMissing, loadPeople, type People } from './load-day.ts';
import { hoursOf, nowOn, type Placed, placeColumn } from './place.ts';
import { type Appointment, bookingAddress, type Named, type ScreenApi, type ScreenClient } from './screen-api.ts';
import { locale, t } from './words.ts';

const minute = 60_000;

/** @tag inlay-booking-day */
export class BookingDay extends LitElement {
  static override styles = dayStyles;
  static override properties = {
    api: { attribute: false },
    manifest: { attribute: false },
    client: { attribute: false },
    date: {},
    people: { state: true },
    days: { state: true },
    failed: { state: true },
    chosen: { state: true },
    cancelled: { state: true },
    narrow: { state: true },
    busy: { state: true },
    said: { state: true },
    now: { state: true },
  };
  declare api: ScreenApi;
  declare manifest: ManifestJson;
  declare client: ScreenClient;
  /** `YYYY-MM-DD` in the zone of the business. */
  declare date: string;
  declare people: People | null;
  /** Appointments of the days that were seen, so that going back shows them at once. */
  declare days: ReadonlyMap<string, readonly Appointment[]>;
  declare failed: boolean;
  declare chosen: string | null;
  declare cancelled: boolean;
  declare narrow: boolean;
  declare busy: boolean;
  declare said: string;
  declare now: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #scrolled = false;
  readonly #size = new ResizeObserver(([entry]) => {
    if (entry) this.narrow = entry.contentRect.width <= 640;
  });

  constructor() {
    super();
    define('inlay-booking-appointment', AppointmentPanel);
    this.people = null;
    this.days = new Map();
    this.failed = false;
    this.chosen = null;
    this.cancelled = false;
    this.narrow = false;
    this.busy = false;
    this.said = '';
    this.now = pageNow();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.date ??= dateIn(this.client?.zone ?? 'UTC');
    this.#size.observe(this);
    this.#timer = setInterval(() => {
      this.now = pageNow();
      if (!document.hidden) void this.#load();
    }, minute);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    clearInterval(this.#timer);
  }

  /** Focus goes to the heading, as on any screen. */
  override focus(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('date') || changed.has('api')) {
      this.chosen = null;
      void this.#load();
    }
  }

  protected override updated(): void {
    const calendar = this.renderRoot.querySelector('.calendar');
    if (this.#scrolled || !calendar || !this.#appointments) return;
    this.#scrolled = true;
    calendar.querySelector('.now, .appointment')?.scrollIntoView({ block: 'center' });
  }

  get #appointments(): readonly Appointment[] | undefined {
    return this.days.get(this.date);
  }
  get #shown(): readonly Appointment[] {
    return (this.#appointments ?? []).filter(
      ({ status }) => status !== 'expired' && (this.cancelled || status !== 'cancelled'),
    );
  }

  async #load(): Promise<void> {
    const { api, manifest, client, date } = this;
    this.failed = false;
    try {
      const [people, appointments] = await Promise.all([
        this.people ?? loadPeople(api, manifest),
        loadAppointments(api, manifest, date, client.zone),
      ]);
      const known = new Set(people.staff.map(({ id }) => id));
      const missing = [...new Set(appointments.map(({ resource }) => resource))].filter(id => !known.has(id));
      const others = await loadMissing(api, manifest, missing);
      const unknown = missing
        .filter(id => !others.some(other => other.id === id))
        .map(id => ({ id, name: t('someone') }));
      this.people = { ...people, staff: [...people.staff, ...others, ...unknown] };
      this.days = new Map(this.days).set(date, appointments);
    } catch {
      if (date === this.date) this.failed = !this.#appointments;
    }
  }

  #put(changed: Appointment): void {
    const list = (this.#appointments ?? []).map(one => (one.id === changed.id ? { ...one, ...changed } : one));
    this.days = new Map(this.days).set(this.date, list);
  }

  async #step({ detail }: CustomEvent<StepRequest>): Promise<void> {
    const before = this.#appointments?.find(({ id }) => id === detail.id);
    const to = this.manifest.entities['booking']?.states?.transitions[detail.name]?.to as
      | Appointment['status']
      | undefined;
    if (!before || !to) return;
    this.busy = true;
    this.#put({ ...before, status: to });
    try {
      const at = bookingAddress(this.manifest, 'booking');
      this.#put(
        (await this.api.transition<Appointment>(at, before.id, detail.name, crypto.randomUUID())) ?? {
          ...before,
          status: to,
        },
      );
      this.#say(t('done', { name: before.name || t('unnamed'), state: t(`status.${to}`) }));
    } catch (error) {
      this.#put(before);
      this.#say(t('notDone', { message: error instanceof Error ? error.message : '' }));
      void this.#load();
    } finally {
      this.busy = false;
      this.renderRoot.querySelector<AppointmentPanel>('inlay-booking-appointment')?.focus();
    }
  }

  #say(text: string): void {
    this.said = text;
    setTimeout(() => {
      if (this.said === text) this.said = '';
    }, 6_000);
  }

  async #choose(id: string | null): Promise<void> {
    const last = this.chosen;
    this.chosen = id;
    await this.updateComplete;
    if (id) this.renderRoot.querySelector<AppointmentPanel>('inlay-booking-appointment')?.focus();
    else this.renderRoot.querySelector<HTMLElement>(`[data-id="${last}"]`)?.focus();
  }

  #turn(days: number): void {
    this.date = addDays(this.date, days);
  }

  protected override render() {
    const chosen = this.#shown.find(({ id }) => id === this.chosen);
    const ready = this.people !== null && this.#appointments !== undefined;
    return html`<div class="screen" @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.chosen && void this.#choose(null)}>
      ${this.#bar(ready)}
      <div class="body ${chosen ? 'split' : ''}">
        ${this.failed ? this.#failure() : ready ? this.#content() : this.#skeleton()}
        ${
          chosen
            ? html`<inlay-booking-appointment .appointment=${chosen} .manifest=${this.manifest} .client=${this.client} .staff=${this.#staffName(chosen.resource)}
          .service=${this.#serviceName(chosen)} .busy=${this.busy} @step=${this.#step} @close=${() => this.#choose(null)}></inlay-booking-appointment>`
            : nothing
        }
      </div>
      <p class="said ${this.said ? 'visible' : ''}" role="status">${this.said}</p>
    </div>`;
  }

  #bar(ready: boolean): TemplateResult {
    const today = dateIn(this.client.zone, this.now);
    return html`<header class="bar">
      <div><h1 tabindex="-1">${day(locale, this.date)}</h1><p class="muted" role="status">${ready ? t('count', { n: this.#shown.length }) : html`&nbsp;`}</p></div>
      ${this.#appointments?.some(({ status }) => status === 'cancelled') ? html`<label><input type="checkbox" .checked=${this.cancelled} @change=${(event: Event) => (this.cancelled = (event.target as HTMLInputElement).checked)} />${t('cancelledToo')}</label>` : nothing}
      <div class="actions">
        <button ?disabled=${this.date === today} @click=${() => (this.date = today)}>${t('today')}</button>
        <button class="turn" aria-label=${t('previous')} @click=${() => this.#turn(-1)}>${icon('chevron-start')}</button>
        <button class="turn" aria-label=${t('next')} @click=${() => this.#turn(1)}>${icon('chevron-end')}</button>
        <input type="date" aria-label=${t('date')} .value=${this.date} @change=${(event: Event) => {
          const { value } = event.target as HTMLInputElement;
          if (value) this.date = value;
        }} />
      </div>
    </header>`;
  }

  #content(): TemplateResult {
    const staff = this.people!.staff;
    if (staff.length === 0)
      return html`<div class="notice"><h2>${t('noStaff')}</h2><p class="muted">${t('noStaffText')}</p><a class="button primary" href=${`/clients/${this.client.id}/m/calendar/resource/new`}>${t('addStaff')}</a></div>`;
    if (this.narrow) return this.#list();
    return this.#grid(staff);
  }

  #grid(staff: readonly Named[]): TemplateResult {
    const { zone } = this.client;
    const columns = staff.map(person => ({
      person,
      placed: placeColumn(
        this.#shown.filter(({ resource }) => resource === person.id),
        zone,
      ),
    }));
    const now = nowOn(this.date, zone, this.now);
    const { from, to } = hoursOf(
      columns.flatMap(({ placed }) => placed),
      now,
    );
    const line =
      now !== null && now >= from * 60 && now <= to * 60
        ? html`<div class="now" .style=${`--at:${now - from * 60}`}></div>`
        : nothing;
    return html`<div class="calendar" tabindex="0" role="group" aria-label=${day(locale, this.date)} @keydown=${this.#arrows}>
      ${this.#shown.length === 0 ? html`<p class="hint">${t('empty')}. ${t('emptyText')}</p>` : nothing}
      <div class="grid" .style=${`--columns:${staff.length};--hours:${to - from}`}>
        <div class="corner"></div>
        ${columns.map(({ person }) => html`<div class="who">${person.name}${person.title ? html`<span>${person.title}</span>` : nothing}</div>`)}
        <div class="times" aria-hidden="true">${Array.from({ length: to - from }, (_, index) => html`<span .style=${`--at:${index}`}>${this.#hour(from + index)}</span>`)}${line}</div>
        ${columns.map(({ person, placed }) => html`<div class="column" role="group" aria-label=${person.name}>${placed.map(one => this.#card(one, from))}${line}</div>`)}
      </div>
    </div>`;
  }

  #hour(hour: number): string {
    return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, 1, hour),
    );
  }

  #card({ appointment: a, start, end, lane, lanes }: Placed, from: number): TemplateResult {
    const clock = time(locale, this.client.zone, a.start);
    const name = a.name || t('unnamed');
    const service = this.#serviceName(a);
    const status = t(`status.${a.status}`);
    return html`<button class="appointment ${a.status} ${end - start < 40 ? 'tight' : ''}" data-id=${a.id} aria-expanded=${a.id === this.chosen}
      .style=${`--start:${start - from * 60};--length:${end - start};--lane:${lane};--lanes:${lanes}`} @click=${() => this.#choose(a.id === this.chosen ? null : a.id)}>
      <strong>${name}</strong> <span class="what">${clock} · ${a.status === 'confirmed' ? '' : `${status} · `}${service}</span></button>`;
  }

  #list(): TemplateResult {
    if (this.#shown.length === 0)
      return html`<div class="notice"><h2>${t('empty')}</h2><p class="muted">${t('emptyText')}</p></div>`;
    return html`<ol class="list">${this.#shown.map(
      a => html`<li class=${a.status}><button data-id=${a.id} aria-expanded=${a.id === this.chosen} @click=${() => this.#choose(a.id)}>
      <span class="clock">${time(locale, this.client.zone, a.start)}</span><span class="names"><strong>${a.name || t('unnamed')}</strong><br /><span class="muted">${this.#serviceName(a)} · ${this.#staffName(a.resource)}</span></span>
      <span class="state ${a.status}">${t(`status.${a.status}`)}</span></button></li>`,
    )}</ol>`;
  }

  #failure(): TemplateResult {
    return html`<div class="notice" role="alert"><p>${t('failed')}</p><button @click=${() => this.#load()}>${t('again')}</button></div>`;
  }

  #skeleton(): TemplateResult {
    const bones = [
      [60, 45],
      [150, 60],
      [30, 90],
      [240, 60],
      [120, 30],
      [300, 90],
    ];
    return html`<div class="calendar" aria-busy="true"><div class="grid" .style=${'--columns:3;--hours:10'} aria-hidden="true"><div class="corner"></div>${[0, 1, 2].map(() => html`<div class="who"></div>`)}<div class="times"></div>
      ${[0, 1, 2].map(column => html`<div class="column">${bones.slice(column * 2, column * 2 + 2).map(([start, length]) => html`<div class="appointment bone" .style=${`--start:${start};--length:${length};--lane:0;--lanes:1`}></div>`)}</div>`)}</div></div>`;
  }

  #serviceName(a: Appointment): string {
    return this.people?.services.get(a.service)?.name ?? '';
  }
  #staffName(id: string): string {
    return this.people?.staff.find(person => person.id === id)?.name ?? '';
  }

  /** Up and down within a column, left and right to the nearest in the next one that has any. */
  #arrows(event: KeyboardEvent): void {
    const here = event.target as HTMLElement;
    if (!here.classList.contains('appointment') || !event.key.startsWith('Arrow')) return;
    const columns = [...this.renderRoot.querySelectorAll('.column')].map(column => [
      ...column.querySelectorAll<HTMLElement>('.appointment'),
    ]);
    const column = columns.findIndex(cards => cards.includes(here));
    const cards = columns[column]!;
    let to: HTMLElement | undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      to = cards[cards.indexOf(here) + (event.key === 'ArrowDown' ? 1 : -1)];
    else {
      const forward = (event.key === 'ArrowRight') !== this.matches(':dir(rtl)');
      const rest = forward ? columns.slice(column + 1) : columns.slice(0, column).reverse();
      const top = here.offsetTop;
      to = rest
        .find(other => other.length > 0)
        ?.toSorted((a, b) => Math.abs(a.offsetTop - top) - Math.abs(b.offsetTop - top))[0];
    }
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
