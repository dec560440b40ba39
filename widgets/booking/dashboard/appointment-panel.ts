/** Everything about one appointment, beside the day: who, when, what next. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ManifestJson } from '../../../schemas/module/manifest.ts';
import { minutes, money } from '../../kit/amounts.ts';
import { icon } from '../../kit/desk/icon.ts';
import { time } from '../../kit/format.ts';
import { panelStyles } from './appointment-panel-styles.ts';
import type { Appointment, ScreenClient } from './screen-api.ts';
import { locale, t } from './words.ts';

export interface StepRequest {
  readonly id: string;
  readonly name: string;
}

/**
 * @tag inlay-booking-appointment
 * @event step - A transition was asked for: `{id, name}`.
 * @event close
 */
export class AppointmentPanel extends LitElement {
  static override styles = panelStyles;
  static override properties = {
    appointment: { attribute: false },
    manifest: { attribute: false },
    client: { attribute: false },
    staff: {},
    service: {},
    busy: { type: Boolean },
    asking: { state: true },
  };
  declare appointment: Appointment;
  declare manifest: ManifestJson;
  declare client: ScreenClient;
  declare staff: string;
  declare service: string;
  declare busy: boolean;
  /** The dangerous step that waits for a yes. */
  declare asking: string | null;

  constructor() {
    super();
    this.asking = null;
    this.busy = false;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h2')?.focus());
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('appointment')) this.asking = null;
  }

  #label(name: string): string {
    return this.manifest.entities['booking']?.states?.transitions[name]?.label ?? name;
  }

  #steps() {
    const transitions = this.manifest.entities['booking']?.states?.transitions ?? {};
    return Object.entries(transitions).filter(
      ([, step]) => step.roles.length > 0 && step.from.includes(this.appointment.status),
    );
  }

  #ask(name: string, danger: boolean): void {
    if (danger) {
      this.asking = name;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.ask button')?.focus());
    } else this.#send(name);
  }

  #send(name: string): void {
    this.asking = null;
    this.dispatchEvent(new CustomEvent<StepRequest>('step', { detail: { id: this.appointment.id, name } }));
  }

  protected override render() {
    const { appointment: a, client } = this;
    const span = `${time(locale, client.zone, a.start)} – ${time(locale, client.zone, a.end)}`;
    const length = minutes(locale, (Date.parse(a.end) - Date.parse(a.start)) / 60_000);
    return html`<aside aria-labelledby="who">
      <header><div><h2 id="who" tabindex="-1">${a.name || t('unnamed')}</h2><p class="state ${a.status}">${t(`status.${a.status}`)}</p></div>
        <button class="close" aria-label=${t('close')} @click=${() => this.dispatchEvent(new Event('close'))}>${icon('close')}</button></header>
      ${this.asking ? this.#question(this.asking) : this.#actions()}
      <dl>
        ${this.#fact(t('service'), this.service)}
        ${this.#fact(t('when'), html`<span class="number">${span}</span> <span class="muted">(${length})</span>${a.zone && a.zone !== client.zone ? html`<br /><span class="muted">${t('forCustomer', { time: time(locale, a.zone, a.start), zone: a.zone.replaceAll('_', ' ') })}</span>` : nothing}`)}
        ${this.#fact(t('with'), this.staff)}
        ${a.price ? this.#fact(t('price'), money(locale, a.price)) : nothing}
        ${a.email ? this.#fact(t('email'), html`<a href=${`mailto:${a.email}`}>${a.email}</a>`) : nothing}
        ${a.phone ? this.#fact(t('phone'), html`<a href=${`tel:${a.phone}`}>${a.phone}</a>`) : nothing}
        ${a.note ? this.#fact(t('note'), a.note) : nothing}
      </dl>
      <p><a href=${`/clients/${client.id}/m/booking/booking/${a.id}`}>${t('open')}</a></p>
    </aside>`;
  }

  #fact(label: string, value: string | TemplateResult) {
    return html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  }

  #actions() {
    const steps = this.#steps();
    if (steps.length === 0) return nothing;
    return html`<div class="actions">${steps.map(
      (
        [name, step],
        index,
      ) => html`<button class="${index === 0 && !step.danger ? 'primary' : ''} ${step.danger ? 'danger' : ''}" ?disabled=${this.busy}
      @click=${() => this.#ask(name, step.danger ?? false)}>${this.#label(name)}</button>`,
    )}</div>`;
  }

  #question(name: string) {
    const step = this.#label(name);
    return html`<div class="ask" role="alert"><p><strong>${t('ask', { step })}</strong><br />${t('askText')}</p>
      <div class="actions"><button class="primary danger" @click=${() => this.#send(name)}>${t('do', { step })}</button><button @click=${() => (this.asking = null)}>${t('keep')}</button></div></div>`;
  }
}
