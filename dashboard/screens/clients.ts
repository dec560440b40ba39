/** The agency's clients. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Client } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatDate } from '../generic/format-value.ts';
import { listStyles } from '../generic/list-styles.ts';
import { zoneSuggestions } from '../generic/zone-suggestions.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonRows } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { panel } from './panel-styles.ts';
import { RemovedClients } from './removed-clients.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

const most = 200;

/** @tag desk-clients */
export class Clients extends DeskElement {
  static override uses = { 'desk-removed-clients': RemovedClients };
  static override styles = [DeskElement.styles, form, table, listStyles, panel];
  static override properties = {
    params: { attribute: false },
    adding: { state: true },
    term: { state: true },
    problem: { state: true },
  };
  declare params: Params;
  declare adding: boolean;
  declare term: string;
  declare problem: ApiProblem | null;
  readonly #clients = this.resource<Client[]>(() => ({ key: 'clients', read: () => this.api.control.clients() }));

  constructor() {
    super();
    this.adding = false;
    this.term = '';
    this.problem = null;
  }

  protected override opened(): void {
    this.desk.title(t('clients.title'));
    if (location.search === '?new') void this.#open();
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.problem = null;
    try {
      const client = await this.api.control.createClient(formValues(event, 'name', 'zone'));
      this.api.cache.stale('clients');
      this.toasts.show({ text: t('clients.added', { name: client.name }) });
      this.desk.navigate(`/clients/${client.id}`);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async #open(): Promise<void> {
    this.adding = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  }

  protected override render() {
    const { value, problem } = this.#clients;
    const term = this.term.trim().toLocaleLowerCase();
    const found = [...(value ?? [])]
      .filter(client => client.name.toLocaleLowerCase().includes(term))
      .sort((a, b) => a.name.localeCompare(b.name));
    return html`<div class="page">
      <header class="head">
        <div><h1 tabindex="-1">${t('clients.title')}</h1><p class="muted" role="status">${value ? tn('clients.count', found.length) : html`&nbsp;`}</p></div>
        <div class="actions">${this.adding ? nothing : html`<button class="primary" @click=${this.#open}>${icon('plus')}${t('clients.new')}</button>`}</div>
      </header>
      ${this.adding ? this.#form() : nothing}
      ${
        value && value.length > 0
          ? html`<div class="tools"><div class="search">${icon('search')}<input type="search" aria-label=${t('clients.search')} placeholder=${t('clients.search')} .value=${this.term}
        @input=${(event: Event) => (this.term = (event.target as HTMLInputElement).value)} /></div></div>`
          : nothing
      }
      ${problem ? errorState(problem, () => this.#clients.reload()) : nothing}
      ${this.#list(value, found)}
      ${this.session?.role === 'owner' || this.session?.role === 'admin' ? html`<desk-removed-clients></desk-removed-clients>` : nothing}
    </div>`;
  }

  #list(value: readonly Client[] | undefined, found: readonly Client[]) {
    if (value?.length === 0)
      return this.adding
        ? nothing
        : emptyState({
            icon: 'people',
            title: t('clients.none'),
            text: t('clients.noneText'),
            action: html`<button class="primary" @click=${this.#open}>${icon('plus')}${t('clients.new')}</button>`,
          });
    if (value && found.length === 0)
      return emptyState({
        icon: 'search',
        title: t('list.noMatch', { what: t('clients.title').toLocaleLowerCase() }),
        text: t('list.noMatchText'),
        action: html`<button @click=${() => (this.term = '')}>${t('list.clear')}</button>`,
      });
    if (!value && this.#clients.problem) return nothing;
    return html`<div class="scroll"><table class="cards" aria-label=${t('clients.title')}>
      <thead><tr><th scope="col">${t('clients.name')}</th><th scope="col">${t('clients.sites')}</th><th scope="col">${t('clients.zone')}</th><th scope="col">${t('since')}</th></tr></thead>
      ${value ? html`<tbody>${found.slice(0, most).map(client => this.#row(client))}</tbody>` : skeletonRows(4)}
    </table></div>${found.length > most ? html`<p class="muted">${t('clients.more', { n: found.length - most })}</p>` : nothing}`;
  }

  #row(client: Client): TemplateResult {
    return html`<tr class="open" @click=${(event: Event) => (event.target as HTMLElement).closest('a') ?? this.desk.navigate(`/clients/${client.id}`)}>
      <td><a class="name" href=${`/clients/${client.id}`}>${client.name}</a></td>
      <td data-label=${t('clients.sites')}>${client.siteCount === undefined ? '' : tn('clients.siteCount', client.siteCount)}</td>
      <td data-label=${t('clients.zone')}>${client.zone}</td>
      <td class="number-start" data-label=${t('since')}>${formatDate(client.createdAt.slice(0, 10))}</td></tr>`;
  }

  #form() {
    return html`<form class="panel" @submit=${this.#add}>
      <h2>${t('clients.new')}</h2>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${simpleField({ name: 'name', label: t('clients.name'), hint: t('clients.nameHint'), error: fieldError(this.problem, 'name') })}
      ${simpleField({ name: 'zone', label: t('clients.zone'), value: Intl.DateTimeFormat().resolvedOptions().timeZone, list: 'zones', hint: t('clients.zoneHint'), error: fieldError(this.problem, 'zone') })}
      ${zoneSuggestions()}
      <div class="buttons"><button class="primary" type="submit">${t('clients.add')}</button><button type="button" @click=${() => (this.adding = false)}>${t('cancel')}</button></div>
    </form>`;
  }
}
