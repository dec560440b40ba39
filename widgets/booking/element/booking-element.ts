/** Booking on a customer's page: service, person, day and time, details, done. */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { InlayElement } from '../../kit/base-element.ts';
import { styles } from '../../kit/styles.ts';
import { bookingStyles } from './booking-styles.ts';
import type { Catalogue, Held, Query, Service, Staff } from './booking-types.ts';
import type { Checkout } from './checkout.ts';
import { chosenView, lengthsView, serviceView, staffView } from './step-views.ts';
import { TimePicker } from './time-picker.ts';

const steps = ['service', 'staff', 'time', 'details', 'done'] as const;
export type Step = (typeof steps)[number];

/**
 * @tag inlay-booking
 * @event {CustomEvent<{service: string, start: string, end: string, staff: {id: string, name: string}}>} inlay:booking-held - A time is held for the visitor.
 * @event {CustomEvent<{id: string, service: string, start: string, end: string, staff: {name: string} | null}>} inlay:booking-confirmed - It is booked.
 */
export class InlayBooking extends InlayElement {
  static override properties: PropertyDeclarations = { service: {}, staff: {}, zone: {} };
  static override styles = [...styles, bookingStyles];

  /** Id or slug of the one service to book here. */
  declare service?: string;
  /** Id of the one person to book with. */
  declare staff?: string;
  /** IANA zone to show times in; else the visitor's own. */
  declare zone?: string;

  step: Step = 'service';
  catalogue!: Catalogue;
  chosen?: Service;
  /** Minutes. */
  length?: number;
  /** Undefined for whoever is free. */
  person?: Staff | undefined;
  /** What went wrong, shown in the step. */
  notice = '';
  checkout?: Checkout;
  readonly picker = new TimePicker(this, slot => this.#hold(slot));

  /** The service that the page fixes, or the only one. */
  get fixed(): Service | undefined {
    const { services } = this.catalogue;
    return (
      services.find(({ id, slug }) => id === this.service || slug === this.service) ??
      (services[1] ? undefined : services[0])
    );
  }

  /** Who gives the chosen service, of those that the page allows. */
  get people(): readonly Staff[] {
    const able = this.catalogue.staff.filter(({ services }) => services.includes(this.chosen!.id));
    const wanted = able.filter(({ id }) => id === this.staff);
    return wanted[0] ? wanted : able;
  }

  get query(): Query {
    return { service: this.chosen!.id, staff: this.person?.id, duration: this.length };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // The page wants another service than before.
    if (!this.opening || !changed.has('service')) return;
    if (this.fixed) this.choose(this.fixed, false);
    else this.go('service', '', false);
  }

  protected override opened(data: unknown): void {
    this.catalogue = data as Catalogue;
    // The first list fits into what the page keeps free, however many services there are: nothing below it moves.
    this.frame.style.setProperty('--room', this.style.minHeight);
    if (this.fixed && !this.chosen) this.choose(this.fixed, false);
  }

  /** Goes to a step; the focus goes with it, unless it is the page that begins. */
  go(step: Step, notice = '', focus = true): void {
    this.frame.classList.toggle('backwards', steps.indexOf(step) < steps.indexOf(this.step));
    if (step !== 'details') this.checkout?.stop(true);
    this.step = step;
    this.notice = notice;
    if (step === 'time') {
      this.picker.open(this.query, this.picker.zone || this.zone);
      this.#load();
    }
    this.requestUpdate();
    if (focus) this.updateComplete.then(() => this.frame.querySelector<HTMLElement>('h2')?.focus());
  }

  choose(service: Service, focus?: boolean): void {
    this.chosen = service;
    this.length = service.durations[0]!;
    const { people } = this;
    this.person = people[1] ? undefined : people[0];
    this.go(people[1] ? 'staff' : 'time', '', focus);
  }

  async #load(): Promise<Checkout | undefined> {
    try {
      const { Checkout } = await import('./checkout.ts');
      this.checkout ??= new Checkout(this);
    } catch {}
    return this.checkout;
  }

  async #hold(start: string): Promise<void> {
    this.picker.taking = start;
    this.notice = '';
    this.requestUpdate();
    const [checkout, reply] = await Promise.all([
      this.#load(),
      this.client!.call<Held>('hold', { ...this.query, start }, { write: true }),
    ]);
    this.picker.taking = undefined;
    if (!reply.ok) return this.go('time', this.explain(reply.error));
    if (!checkout) return this.go('time', this.t('problem.UNREACHABLE'));
    checkout.start(reply.value);
    this.emit('inlay:booking-held', this.summary(reply.value));
    this.go('details');
  }

  /** What an event tells of a time. */
  summary({ start, end, staff }: { start: string; end: string; staff: unknown }): object {
    return { service: this.chosen!.id, start, end, staff };
  }

  protected override content(): TemplateResult {
    const { step, t, notice } = this;
    if (!this.catalogue.services[0]) return html`<p>${t('service.none')}</p>`;
    if (step === 'service') return serviceView(this);
    return html`${step === 'done' ? '' : chosenView(this)}
      ${
        step === 'staff'
          ? staffView(this)
          : step === 'time'
            ? html`<section>
                <h2 tabindex="-1">${t('time.title')}</h2>
                ${notice ? html`<p class="notice" role="alert">${notice}</p>` : ''}
                ${lengthsView(this)}${this.picker.render()}
              </section>`
            : this.checkout!.render()
      }`;
  }

  protected override skeleton(): TemplateResult {
    return html`<i class="bone title"></i>${[1, 2, 3, 4].map(() => html`<i class="bone line"></i>`)}`;
  }
}
