/** Booking on a customer's page: the services, and the way through what follows once one is chosen. */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { lengthWord } from '../../../schemas/protocol/length-word.ts';
import { moneyWord } from '../../../schemas/protocol/money-word.ts';
import { InlayElement } from '../../kit/base-element.ts';
import { styles } from '../../kit/styles.ts';
import { bookingStyles } from './booking-styles.ts';
import type { Catalogue, Query, Service, Staff } from './booking-types.ts';
import { choiceList } from './choice-list.ts';
import type { Steps } from './next.ts';
import { next, serviceView } from './service-view.ts';

const order = ['service', 'staff', 'time', 'details', 'done'] as const;
export type Step = (typeof order)[number];

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
  /** For the steps too, whose own file would else share a third one with this. */
  readonly choices = choiceList;
  readonly moneyWord = moneyWord;
  readonly lengthWord = lengthWord;
  /** All that follows the choice of a service. */
  steps?: Steps;

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

  override connectedCallback(): void {
    super.connectedCallback();
    // The page has chosen: the calendar is the first view.
    if (this.service) next();
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
    const { steps } = this;
    this.frame.classList.toggle('backwards', order.indexOf(step) < order.indexOf(this.step));
    if (step !== 'details') steps?.checkout.stop(true);
    this.step = step;
    this.notice = notice;
    if (step === 'time') steps?.open();
    this.requestUpdate();
    if (step !== 'service' && !steps) this.#load(focus);
    else if (focus) this.updateComplete.then(() => this.frame.querySelector<HTMLElement>('h2')?.focus());
  }

  /** The steps are on their way since the pointer came; whoever is quicker sees their outline. */
  async #load(focus: boolean): Promise<void> {
    // What was pressed gives way to the outline, which has nothing that could have the focus.
    if (focus) {
      this.frame.tabIndex = -1;
      this.frame.focus();
    }
    const parts = await next();
    if (parts) this.steps ??= new parts.Steps(this);
    if (parts) this.go(this.step, this.notice, focus);
    else this.go('service', this.t('problem.UNREACHABLE'), focus);
  }

  choose(service: Service, focus?: boolean): void {
    this.chosen = service;
    this.length = service.durations[0]!;
    const { people } = this;
    this.person = people[1] ? undefined : people[0];
    this.go(people[1] ? 'staff' : 'time', '', focus);
  }

  protected override content(): TemplateResult {
    if (!this.catalogue.services[0]) return html`<p>${this.t('service.none')}</p>`;
    if (this.step === 'service') return serviceView(this);
    return this.steps ? this.steps.render() : this.skeleton();
  }

  protected override skeleton(): TemplateResult {
    return html`<i class="bone title"></i>${[1, 2, 3, 4].map(() => html`<i class="bone line"></i>`)}`;
  }
}
