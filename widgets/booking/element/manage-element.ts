/** A booking by its link: look at it, move it, cancel it. */
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { InlayElement } from '../../kit/base-element.ts';
import { moment, time } from '../../kit/format.ts';
import { icon } from '../../kit/icons.ts';
import { part } from '../../kit/part.ts';
import { styles } from '../../kit/styles.ts';
import type { Booking } from './booking-types.ts';
import { checkoutStyles } from './checkout-styles.ts';
import type { TimePicker } from './time-picker.ts';

type View = 'booking' | 'times' | 'check' | 'cancel';

/**
 * @tag inlay-booking-manage
 * @event {CustomEvent<{id: string, start: string, end: string}>} inlay:booking-rescheduled - It was moved.
 * @event {CustomEvent<{id: string}>} inlay:booking-cancelled - It was cancelled.
 */
export class InlayBookingManage extends InlayElement {
  static override properties: PropertyDeclarations = { token: {}, zone: {} };
  static override styles = [...styles, checkoutStyles];

  /** Token of the link; else what follows `#` in the page's address. */
  declare token?: string;
  /** IANA zone to show times in; else the booking's own. */
  declare zone?: string;

  view: View = 'booking';
  booking?: Booking;
  /** The new time that is to be agreed to. */
  to = '';
  reason = '';
  notice = '';
  /** Good news after a change. */
  news = '';
  busy = false;
  /** There is no booking behind the link, however often it is tried. */
  #lost = false;
  #token = '';
  #picker?: TimePicker;

  protected override opened(): void {
    this.#token = this.token || location.hash.slice(1);
    this.#load();
  }

  async #load(): Promise<void> {
    const reply = await this.client!.call<Booking>('view', { token: this.#token });
    this.notice = '';
    if (reply.ok) this.booking = reply.value;
    else {
      // One that is too long to be a token is not even looked up.
      this.#lost = ['UNKNOWN_LINK', 'VALIDATION_FAILED'].includes(reply.error.code);
      this.notice = this.#lost ? this.t('problem.UNKNOWN_LINK') : this.explain(reply.error);
    }
    this.requestUpdate();
  }

  /** What was pressed for it goes with what went wrong; what comes in its place is where the visitor goes on. */
  async #again(): Promise<void> {
    await this.#load();
    await this.updateComplete;
    const find = (selector: string) => this.frame.querySelector<HTMLElement>(selector);
    (find('h2, .plain') ?? find('.notice'))!.focus();
  }

  #go(view: View, notice = ''): void {
    this.frame.classList.toggle('backwards', view === 'booking');
    this.view = view;
    this.notice = notice;
    this.busy = false;
    this.requestUpdate();
    this.updateComplete.then(() => this.frame.querySelector<HTMLElement>('h2')?.focus());
  }

  /** The picker is most of the other widget, so it comes when somebody wants to move a booking. */
  async #times(notice = ''): Promise<void> {
    this.busy = true;
    this.requestUpdate();
    try {
      const { TimePicker, pickerStyles } = await part(() => import('./next.ts'));
      if (!this.#picker) this.shadowRoot!.adoptedStyleSheets.push(pickerStyles.styleSheet!);
      this.#picker ??= new TimePicker(this, slot => {
        this.to = slot;
        this.#go('check');
      });
    } catch {
      return this.#go('booking', this.t('problem.UNREACHABLE'));
    }
    const { service, staff, start, end } = this.booking!;
    const duration = (Date.parse(end) - Date.parse(start)) / 60_000;
    this.#picker.open({ service: service.id, staff: staff?.id, duration }, this.#zone);
    this.#go('times', notice);
  }

  get #zone(): string {
    return this.#picker?.zone || this.zone || this.booking!.zone;
  }

  #when(instant: string): string {
    return moment(this.language, this.#zone, instant);
  }

  async #move(): Promise<void> {
    const change = { token: this.#token, start: this.to };
    const reply = await this.#send<{ start: string; end: string; token: string }>('reschedule', change);
    if (!reply) return;
    this.#token = reply.token;
    this.booking = { ...this.booking!, start: reply.start, end: reply.end };
    this.news = this.t('manage.moved');
    this.emit('inlay:booking-rescheduled', { id: this.booking.id, start: reply.start, end: reply.end });
    this.#go('booking');
  }

  async #cancel(event: Event): Promise<void> {
    event.preventDefault();
    const reason = this.reason.trim();
    const reply = await this.#send<Pick<Booking, 'status'>>('cancel', {
      token: this.#token,
      ...(reason && { reason }),
    });
    if (!reply) return;
    this.booking = { ...this.booking!, status: reply.status, canCancel: false, canReschedule: false };
    this.news = this.t('manage.cancelled');
    this.emit('inlay:booking-cancelled', { id: this.booking.id });
    this.#go('booking');
  }

  /** A time that was lost leads back to the times; anything else stays where it happened. */
  async #send<T>(action: string, input: unknown): Promise<T | undefined> {
    if (this.busy) return;
    this.busy = true;
    this.requestUpdate();
    const reply = await this.client!.call<T>(action, input, { write: true });
    this.busy = false;
    if (reply.ok) return reply.value;
    const taken = ['SLOT_TAKEN', 'TOO_SOON'].includes(reply.error.code);
    if (taken) this.#times(this.explain(reply.error));
    else this.#go(this.view, this.explain(reply.error));
    return;
  }

  protected override content(): TemplateResult {
    const { booking, notice } = this;
    const alert = notice ? html`<p class="notice" role="alert" tabindex="-1">${notice}</p>` : '';
    if (!booking)
      return notice
        ? html`${alert}${this.#lost ? '' : html`<button class="plain" @click=${() => this.#again()}>${this.t('retry')}</button>`}`
        : this.skeleton();
    if (this.view === 'times')
      return html`<section>
        <h2 tabindex="-1">${this.t('manage.move.title')}</h2>
        ${alert}${this.#picker?.render()}
        <p class="acts">${this.#back(booking)}</p>
      </section>`;
    if (this.view === 'check') return this.#checkView(booking, alert);
    if (this.view === 'cancel') return this.#cancelView(booking, alert);
    return this.#bookingView(booking, alert);
  }

  #facts(facts: readonly (readonly [string, unknown])[]): TemplateResult {
    return html`<dl>
      ${facts.map(([key, value]) => html`<div><dt>${this.t(key)}</dt><dd>${value}</dd></div>`)}
    </dl>`;
  }

  #back({ start }: Booking): TemplateResult {
    return html`<button type="button" class="link" @click=${() => this.#go('booking')}>${this.t('manage.back', { when: this.#when(start) })}</button>`;
  }

  #bookingView(
    { service, staff, start, end, status, current, canReschedule, canCancel }: Booking,
    alert: unknown,
  ): TemplateResult {
    const { t, news } = this;
    const when = `${this.#when(start)} – ${time(this.language, this.#zone, end)}`;
    return html`<section>
      <h2 tabindex="-1">${t('manage.title')}</h2>
      ${alert}
      ${news ? html`<p role="status">${icon('check')} ${news}</p>` : ''}
      ${current ? '' : html`<p>${t('manage.old')}</p>`}
      ${this.#facts([
        ['done.what', service.name],
        ...(staff?.name ? [['manage.with', staff.name] as const] : []),
        ['done.when', html`${when}<br /><small>${this.#zone.replaceAll('_', ' ')}</small>`],
        ['manage.status', t(`status.${status}`)],
      ])}
      <p class="acts">
        ${canReschedule ? html`<button class="plain" aria-busy=${this.busy} aria-disabled=${this.busy} @click=${() => this.busy || this.#times()}>${t('manage.move')}</button>` : ''}
        ${canCancel ? html`<button class="link" @click=${() => this.#go('cancel')}>${t('manage.cancel')}</button>` : ''}
      </p>
    </section>`;
  }

  #checkView(booking: Booking, alert: unknown): TemplateResult {
    const { t, to } = this;
    return html`<section>
      <h2 tabindex="-1">${t('manage.check.title')}</h2>
      ${alert}
      ${this.#facts([
        ['done.what', booking.service.name],
        ['manage.from', html`<s>${this.#when(booking.start)}</s>`],
        ['manage.to', this.#when(to)],
      ])}
      <p class="acts">
        <button class="go" aria-busy=${this.busy} aria-disabled=${this.busy} @click=${() => this.#move()}>${t('manage.yes', { when: this.#when(to) })}</button>
        ${this.#back(booking)}
      </p>
    </section>`;
  }

  #cancelView(booking: Booking, alert: unknown): TemplateResult {
    const { t } = this;
    return html`<section>
      <h2 tabindex="-1">${t('manage.cancel.title')}</h2>
      ${alert}
      <p>${t('manage.cancel.about', { when: this.#when(booking.start) })}</p>
      <form @submit=${(event: Event) => this.#cancel(event)}>
        <div class="field">
          <label for="reason">${t('manage.cancel.reason')} <span class="muted">${t('details.optional')}</span></label>
          <textarea id="reason" rows="2" .value=${this.reason} @input=${(event: Event) => {
            this.reason = (event.target as HTMLTextAreaElement).value;
          }}></textarea>
        </div>
        <p class="acts">
          <button class="go danger" aria-busy=${this.busy} aria-disabled=${this.busy}>${t('manage.cancel')}</button>
          ${this.#back(booking)}
        </p>
      </form>
    </section>`;
  }

  protected override skeleton(): TemplateResult {
    return html`<i class="bone title"></i>${[1, 2, 3].map(() => html`<i class="bone line"></i>`)}`;
  }
}
