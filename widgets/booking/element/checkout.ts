/**
 * The second half of a booking: keeps the chosen time for the visitor (counted down, renewed once while the form is in
 * use), takes their details and confirms.
 */

import type { ReactiveController, TemplateResult } from 'lit';
import type { ClientError } from '../../../embed-sdk/types.ts';
import { pageNow } from '../../kit/page-clock.ts';
import { prefilled } from '../../kit/prefill.ts';
import type { InlayBooking } from './booking-element.ts';
import type { Confirmed, Held } from './booking-types.ts';
import { detailsView } from './details-view.ts';
import { doneView } from './done-view.ts';

const minute = 60_000;

/** A conflict that sends the visitor back to the times; what they typed is kept. */
const lost = ['SLOT_TAKEN', 'HOLD_EXPIRED', 'UNKNOWN_HOLD', 'TOO_SOON'];

export class Checkout implements ReactiveController {
  readonly host: InlayBooking;
  details: Record<string, string> = {};
  errors: Record<string, string> = {};
  busy = false;
  result?: Confirmed;
  held?: Held | undefined;
  /** When the visitor last did something in the form. */
  used = 0;
  /** What the page gave last. */
  readonly #given: Record<string, string> = {};
  #until = 0;
  #renewed = false;
  #timer?: ReturnType<typeof setInterval>;

  constructor(host: InlayBooking) {
    this.host = host;
    this.hostUpdate();
    host.addController(this);
  }

  /** What the page gives, however late, is in the fields that the visitor has not touched. */
  hostUpdate(): void {
    for (const name of ['name', 'email', 'phone', 'note']) {
      const given = prefilled(this.host, name);
      if (this.details[name] === this.#given[name]) this.details[name] = given;
      this.#given[name] = given;
    }
  }

  /** What is left, as `9:41`. */
  get left(): string {
    const seconds = Math.max(0, Math.ceil((this.#until - pageNow()) / 1000));
    return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;
  }

  start(held: Held): void {
    this.held = held;
    this.used = pageNow();
    this.#renewed = false;
    this.busy = false;
    this.errors = {};
    this.#extend(held.expiresAt);
    this.hostConnected();
  }

  /** Forgets the hold, and gives the time back to others unless it is booked or lost. */
  stop(release: boolean): void {
    const { held } = this;
    this.held = undefined;
    this.hostDisconnected();
    if (held && release) this.host.client!.call('release', { hold: held.hold }, { write: true });
  }

  hostConnected(): void {
    clearInterval(this.#timer);
    if (this.held) this.#timer = setInterval(() => this.#tick(), 1000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  /** A visitor's clock may be wrong by hours; then the usual ten minutes are counted. */
  #extend(expiresAt: string): void {
    const left = Date.parse(expiresAt) - pageNow();
    this.#until = pageNow() + (left > 0 && left <= 10 * minute ? left : 10 * minute);
  }

  async #tick(): Promise<void> {
    const { held, host } = this;
    const left = this.#until - pageNow();
    if (held && left < minute && !this.#renewed && pageNow() - this.used < 2 * minute) {
      this.#renewed = true;
      const reply = await host.client!.call<{ expiresAt: string }>('renew', { hold: held.hold }, { write: true });
      if (reply.ok && this.held === held) this.#extend(reply.value.expiresAt);
    } else if (left <= 0 && !this.busy) {
      this.stop(false);
      host.go('time', host.t('problem.HOLD_EXPIRED'));
    }
    host.requestUpdate();
  }

  async confirm(): Promise<void> {
    const { host, held } = this;
    if (this.busy || !held) return;
    this.busy = true;
    this.errors = {};
    host.notice = '';
    host.requestUpdate();
    const { name, email, phone, note } = this.details;
    const input = {
      hold: held.hold,
      name,
      email,
      ...(phone && { phone }),
      ...(note && { note }),
      zone: host.steps!.picker.zone,
      locale: host.language,
    };
    const reply = await host.client!.call<Confirmed>('confirm', input, { write: true });
    this.busy = false;
    if (!reply.ok) return this.#fail(reply.error);
    this.stop(false);
    // What follows on the page stays where it is, however long the reply took.
    host.style.minHeight = `${host.offsetHeight}px`;
    this.result = reply.value;
    host.emit('inlay:booking-confirmed', { id: reply.value.id, ...host.steps!.summary(reply.value) });
    host.go('done');
  }

  #fail(error: ClientError): void {
    const { host } = this;
    if (lost.includes(error.code)) {
      this.stop(error.code === 'TOO_SOON');
      host.go('time', host.explain(error));
      return;
    }
    // It is asked for since the form was drawn.
    if (error.code === 'PHONE_REQUIRED') host.catalogue = { ...host.catalogue, phone: 'required' };
    // What the server says of a field is for whoever calls it, in English.
    for (const { pointer } of error.errors ?? []) {
      const name = pointer.slice(1);
      if (name in this.details) this.errors[name] = host.t(`problem.${name}`);
    }
    if (!Object.keys(this.errors).length) host.notice = host.explain(error);
    this.showErrors();
  }

  /** The first field with an error gets the focus, and its error is spoken. */
  showErrors(): void {
    this.host.requestUpdate();
    this.host.updateComplete.then(() => this.host.frame.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }

  render(): TemplateResult {
    return this.host.step === 'done' ? doneView(this) : detailsView(this);
  }
}
