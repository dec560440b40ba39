/** Clients that were deleted: brought back within their time, or deleted for good once their name is written. */
import { html, nothing } from 'lit';
import type { RemovedClient } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatDate } from '../generic/format-value.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-removed-clients */
export class RemovedClients extends DeskElement {
  static override styles = [DeskElement.styles, form, panel];
  static override properties = { purging: { state: true }, busy: { state: true }, problem: { state: true } };
  /** Id of the client whose name is being written. */
  declare purging: string | null;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  readonly #clients = this.resource<RemovedClient[]>(() => ({
    key: 'removed-clients',
    read: () => this.api.control.removedClients(),
  }));

  constructor() {
    super();
    this.purging = null;
    this.busy = false;
    this.problem = null;
  }

  async #attempt(work: () => Promise<unknown>, said: string): Promise<void> {
    this.problem = null;
    this.busy = true;
    try {
      await work();
      this.purging = null;
      this.toasts.show({ text: said });
      this.api.cache.stale('clients');
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
      this.api.cache.stale('removed-clients');
    }
  }

  protected override render() {
    const { value } = this.#clients;
    if (!value || value.length === 0) return nothing;
    return html`<section class="section"><div><h2>${t('removedClients.title')}</h2><p class="muted">${t('removedClients.text')}</p></div>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      <ul class="rows">${value.map(client => this.#row(client))}</ul></section>`;
  }

  #row({ id, name, purgedAt }: RemovedClient) {
    const open = this.purging === id;
    const restore = () =>
      this.#attempt(() => this.api.control.restoreClient(id), t('removedClients.restored', { name }));
    const purge = (event: Event) => {
      event.preventDefault();
      const { confirm } = formValues(event, 'confirm');
      void this.#attempt(() => this.api.control.purgeClient(id, confirm), t('removedClients.purged', { name }));
    };
    return html`<li><div><h3>${name}</h3><p class="muted small">${t('removedClients.until', { date: formatDate(purgedAt.slice(0, 10)) })}</p></div>
      <div class="row"><button ?disabled=${this.busy} @click=${() => void restore()}>${t('removedClients.restore')}<span class="sr"> ${name}</span></button>
        <button class="plain danger" aria-expanded=${open} @click=${() => (this.purging = open ? null : id)}>${t('removedClients.purge')}<span class="sr"> ${name}</span></button></div>
      ${
        open
          ? html`<form class="panel" @submit=${purge}><p>${t('removedClients.confirm', { name })}</p>
        ${simpleField({ name: 'confirm', label: t('removedClients.name'), error: fieldError(this.problem, 'confirm') })}
        <div class="buttons"><button class="primary danger" type="submit" ?disabled=${this.busy}>${t('removedClients.purge')}</button>
          <button type="button" @click=${() => (this.purging = null)}>${t('cancel')}</button></div></form>`
          : nothing
      }</li>`;
  }
}
