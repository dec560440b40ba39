/** Copies a site's look, modules and settings to a new one, of this client or another. */
import { html, nothing } from 'lit';
import type { Client, Site } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-site-copy */
export class SiteCopy extends DeskElement {
  static override styles = [DeskElement.styles, form, panel];
  static override properties = { site: { attribute: false }, open: { state: true }, problem: { state: true } };
  declare site: Site;
  declare open: boolean;
  declare problem: ApiProblem | null;
  readonly #clients = this.resource<Client[]>(() =>
    this.open ? { key: 'clients', read: () => this.api.control.clients() } : null,
  );

  constructor() {
    super();
    this.open = false;
    this.problem = null;
  }

  async #copy(event: Event): Promise<void> {
    event.preventDefault();
    const { name, clientId } = formValues(event, 'name', 'clientId');
    this.problem = null;
    try {
      const made = await this.api.control.cloneSite(this.site.id, { name, clientId });
      this.api.cache.stale('sites:');
      this.api.cache.stale('clients');
      this.toasts.show({ text: t('copySite.made', { name }) });
      this.desk.navigate(`/clients/${made.clientId}/sites/${made.id}`);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  protected override render() {
    if (!this.open)
      return html`<button @click=${() => (this.open = true)}>${icon('copy')}${t('copySite.button')}</button>`;
    const clients = this.#clients.value ?? [];
    return html`<form class="panel" @submit=${this.#copy}><div><h2>${t('copySite.button')}</h2><p class="muted">${t('copySite.text')}</p></div>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${simpleField({ name: 'name', label: t('copySite.name'), error: fieldError(this.problem, 'name') })}
      <div class="field"><label for="clientId">${t('copySite.for')}</label><select id="clientId" name="clientId">
        ${clients.length === 0 ? html`<option value=${this.site.clientId}>${this.space?.client.name ?? nothing}</option>` : nothing}
        ${clients.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.site.clientId}>${name}</option>`)}</select></div>
      <div class="buttons"><button class="primary" type="submit">${t('copySite.make')}</button><button type="button" @click=${() => (this.open = false)}>${t('cancel')}</button></div></form>`;
  }
}
