/** What follows the choice of a service: person, day and time, details, done. */
import { html, type TemplateResult } from 'lit';
import type { InlayBooking } from './booking-element.ts';
import type { Held } from './booking-types.ts';
import { Checkout } from './checkout.ts';
import { checkoutStyles } from './checkout-styles.ts';
import { pickerStyles } from './picker-styles.ts';
import { stepStyles } from './step-styles.ts';
import { chosenView, lengthsView, staffView } from './step-views.ts';
import { TimePicker } from './time-picker.ts';

export class Steps {
  readonly picker: TimePicker;
  readonly checkout: Checkout;
  readonly #host: InlayBooking;

  constructor(host: InlayBooking) {
    this.#host = host;
    for (const { styleSheet } of [stepStyles, pickerStyles, checkoutStyles])
      host.shadowRoot!.adoptedStyleSheets.push(styleSheet!);
    this.picker = new TimePicker(host, slot => this.#hold(slot));
    this.checkout = new Checkout(host);
  }

  /** Shows the times of what is chosen now. */
  open(): void {
    const { picker } = this;
    picker.open(this.#host.query, picker.zone || this.#host.zone);
  }

  async #hold(start: string): Promise<void> {
    const host = this.#host;
    this.picker.taking = start;
    host.notice = '';
    host.requestUpdate();
    const reply = await host.client!.call<Held>('hold', { ...host.query, start }, { write: true });
    this.picker.taking = undefined;
    if (!reply.ok) return host.go('time', host.explain(reply.error));
    this.checkout.start(reply.value);
    host.emit('inlay:booking-held', this.summary(reply.value));
    host.go('details');
  }

  /** What an event tells of a time. */
  summary({ start, end, staff }: { start: string; end: string; staff: unknown }): object {
    return { service: this.#host.chosen!.id, start, end, staff };
  }

  render(): TemplateResult {
    const host = this.#host;
    const { step, t, notice } = host;
    // Where the page left nothing to choose before it, the calendar is the first view, and stays within the room that is kept for it.
    host.frame.classList.toggle('fits', step === 'time' && !!host.fixed && !host.people[1]);
    return html`${step === 'done' ? '' : chosenView(host)}
      ${
        step === 'staff'
          ? staffView(host)
          : step === 'time'
            ? html`<section>
                <h2 tabindex="-1">${t('time.title')}</h2>
                ${notice ? html`<p class="notice" role="alert">${notice}</p>` : ''}
                ${lengthsView(host)}${this.picker.render()}
              </section>`
            : this.checkout.render()
      }`;
  }
}

export { pickerStyles, TimePicker };
