/** One client: its sites, and what it has installed. */
import { html, nothing } from 'lit';
import type { Site } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { zoneSuggestions } from '../generic/zone-suggestions.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { moduleDestinations } from '../shell/destinations.ts';
import { emptyState, errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { KeyNotice } from './key-notice.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-client */
export class ClientOverview extends DeskElement {
  static override uses = { 'desk-key-notice': KeyNotice };
  static override styles = [DeskElement.styles, form, panel];
  static override properties = { params: { attribute: false }, mode: { state: true }, problem: { state: true } };
  declare params: Params;
  declare mode: 'rest' | 'site' | 'edit';
  declare problem: ApiProblem | null;
  readonly #sites = this.resource<Site[]>(() => ({
    key: `sites:${this.params['id']}`,
    read: () => this.api.control.sites(this.params['id']!),
  }));

  constructor() {
    super();
    this.mode = 'rest';
    this.problem = null;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async #open(mode: 'site' | 'edit'): Promise<void> {
    this.mode = mode;
    this.problem = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('form input')?.focus();
  }

  #addSite(event: SubmitEvent): void {
    event.preventDefault();
    const { name } = formValues(event, 'name');
    void this.#attempt(async () => {
      const site = await this.api.control.createSite(this.params['id']!, { name });
      this.api.cache.stale('sites:');
      this.api.cache.stale('clients');
      this.desk.navigate(`/clients/${this.params['id']}/sites/${site.id}`);
    });
  }

  #edit(event: SubmitEvent): void {
    event.preventDefault();
    const body = formValues(event, 'name', 'zone');
    void this.#attempt(async () => {
      const { id, name, zone } = this.space!.client;
      await this.api.control.updateClient(id, body);
      this.#refresh();
      this.mode = 'rest';
      this.toasts.show({
        text: t('saved'),
        undo: () =>
          void this.#attempt(async () => {
            await this.api.control.updateClient(id, { name, zone });
            this.#refresh();
          }),
      });
    });
  }

  #refresh(): void {
    this.api.cache.stale('clients');
    this.api.cache.stale(`space:${this.params['id']}`);
  }

  async #delete(): Promise<void> {
    const { id, name } = this.space!.client;
    if (
      !(await this.desk.ask({
        title: t('client.deleteTitle', { name }),
        body: t('client.deleteBody'),
        confirm: t('client.delete'),
        danger: true,
      }))
    )
      return;
    await this.#attempt(async () => {
      await this.api.control.deleteClient(id);
      this.api.cache.stale('clients');
      this.api.cache.stale('removed-clients');
      const { api } = this;
      const undo = () =>
        void api.control.restoreClient(id).then(
          () => api.cache.stale('clients'),
          () => {},
        );
      this.toasts.show({ text: t('client.deleted', { name }), undo });
      this.desk.navigate('/clients', { replace: true });
    });
  }

  protected override render() {
    const { space } = this;
    if (!space) return html`<div class="page">${skeletonLines()}</div>`;
    this.desk.title(space.client.name);
    const mine = !this.session?.clientId;
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">${space.client.name}</h1><p class="muted">${space.client.zone}</p></div>
        ${mine ? html`<div class="actions"><button @click=${() => this.#open('edit')}>${t('edit')}</button></div>` : nothing}</header>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${this.mode === 'edit' ? this.#editForm() : nothing}
      ${mine ? html`<desk-key-notice .clientId=${space.client.id}></desk-key-notice>` : nothing}
      ${this.#siteSection()}
      ${this.#moduleSection()}
    </div>`;
  }

  #siteSection() {
    const { value, problem } = this.#sites;
    const add = html`<button class=${value?.length === 0 ? 'primary' : ''} @click=${() => this.#open('site')}>${icon('plus')}${t('sites.new')}</button>`;
    return html`<section class="section">
      <div class="head"><h2>${t('sites.title')}</h2>${value?.length && this.mode !== 'site' ? add : nothing}</div>
      ${
        this.mode === 'site'
          ? html`<form class="panel" @submit=${this.#addSite}>
        ${simpleField({ name: 'name', label: t('sites.name'), hint: t('sites.nameHint'), error: fieldError(this.problem, 'name') })}
        <div class="buttons"><button class="primary" type="submit">${t('sites.add')}</button><button type="button" @click=${() => (this.mode = 'rest')}>${t('cancel')}</button></div></form>`
          : nothing
      }
      ${problem ? errorState(problem, () => this.#sites.reload()) : nothing}
      ${value?.length === 0 && this.mode !== 'site' ? emptyState({ icon: 'site', title: t('sites.none'), text: t('sites.noneText'), action: add }) : nothing}
      ${value ? html`<ul class="rows">${value.map(site => html`<li><a class="name" href=${`/clients/${this.params['id']}/sites/${site.id}`}>${site.name}</a><span class="muted small">${site.siteKey}</span><a href=${`/clients/${this.params['id']}/sites/${site.id}/analytics`}>${t('analytics.title')}<span class="sr"> ${site.name}</span></a><a href=${`/clients/${this.params['id']}/sites/${site.id}`}>${t('sites.open')}<span class="sr"> ${site.name}</span></a></li>`)}</ul>` : problem ? nothing : skeletonLines(3)}
    </section>`;
  }

  #moduleSection() {
    const { space } = this;
    const installed = space!.installations
      .map(({ module }) => space!.manifests.get(module))
      .filter(manifest => manifest !== undefined);
    const href = `/clients/${this.params['id']}/modules`;
    return html`<section class="section">
      <div class="head"><h2>${t('modules.installed')}</h2>${installed.length ? html`<a class="button" href=${href}>${t('modules.manage')}</a>` : nothing}</div>
      ${installed.length === 0 ? emptyState({ icon: 'module', title: t('modules.none'), text: t('modules.noneText'), action: html`<a class="button primary" href=${href}>${t('modules.choose')}</a>` }) : nothing}
      <ul class="rows">${installed.map(manifest => {
        const places = moduleDestinations(this.params['id']!, manifest);
        return html`<li><div><h3>${manifest.label}</h3><p class="muted">${manifest.description}</p></div><div class="row">${places.slice(0, 4).map(place => html`<a class="button" href=${place.path}>${place.label}</a>`)}</div></li>`;
      })}</ul>
    </section>`;
  }

  #editForm() {
    const { client } = this.space!;
    return html`<form class="panel" @submit=${this.#edit}>
      ${simpleField({ name: 'name', label: t('clients.name'), value: client.name, error: fieldError(this.problem, 'name') })}
      ${simpleField({ name: 'zone', label: t('clients.zone'), value: client.zone, list: 'zones', hint: t('clients.zoneHint'), error: fieldError(this.problem, 'zone') })}
      ${zoneSuggestions()}
      <div class="buttons"><button class="primary" type="submit">${t('save')}</button><button type="button" @click=${() => (this.mode = 'rest')}>${t('cancel')}</button><span class="grow"></span>
        <button type="button" class="danger plain" @click=${this.#delete}>${t('client.delete')}</button></div></form>`;
  }
}
