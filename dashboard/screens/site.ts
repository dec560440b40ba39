/** One site: what to paste, where it may run, which modules are on, how it looks. */
import { html, nothing } from 'lit';
import type { RefusedOrigin, Site, SiteModule, SiteOrigin } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatInstant } from '../generic/format-value.ts';
import { recordStyles } from '../generic/record-styles.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';
import { SiteCaptcha } from './site-captcha.ts';
import { SiteCopy } from './site-copy.ts';
import { SiteHosts } from './site-hosts.ts';
import { SiteLook } from './site-look.ts';
import { SiteSnippet } from './site-snippet.ts';

interface SiteState {
  readonly site: Site;
  readonly origins: readonly SiteOrigin[];
  readonly refused: readonly RefusedOrigin[];
  readonly modules: readonly SiteModule[];
}

/** @tag desk-site */
export class SiteScreen extends DeskElement {
  static override uses = {
    'desk-site-snippet': SiteSnippet,
    'desk-site-hosts': SiteHosts,
    'desk-site-captcha': SiteCaptcha,
    'desk-site-look': SiteLook,
    'desk-site-copy': SiteCopy,
  };
  static override styles = [DeskElement.styles, form, recordStyles, panel];
  static override properties = { params: { attribute: false }, problem: { state: true } };
  declare params: Params;
  declare problem: ApiProblem | null;
  readonly #site = this.resource<SiteState>(() =>
    this.space ? { key: `site:${this.params['site']}`, read: () => this.#read(this.params['site']!) } : null,
  );

  constructor() {
    super();
    this.problem = null;
  }

  async #read(id: string): Promise<SiteState> {
    const { control } = this.api;
    const [site, origins, refused, modules] = await Promise.all([
      control.site(id),
      control.origins(id),
      control.refusedOrigins(id),
      control.siteModules(id),
    ]);
    return { site, origins, refused, modules };
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    try {
      await work();
      this.api.cache.stale(`site:${this.params['site']}`);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  #addOrigin(event: SubmitEvent): void {
    event.preventDefault();
    const target = event.currentTarget as HTMLFormElement;
    const { origin } = formValues(event, 'origin');
    void this.#attempt(async () => {
      // People paste the page's address; the origin is the part that counts.
      const address = /^https?:\/\//.test(origin) ? origin : `https://${origin}`;
      await this.api.control.addOrigin(this.params['site']!, URL.canParse(address) ? new URL(address).origin : origin);
      target.reset();
    });
  }

  #allow({ origin }: RefusedOrigin): void {
    const site = this.params['site']!;
    void this.#attempt(async () => {
      await this.api.control.addOrigin(site, origin);
      this.toasts.show({ text: t('origins.allowed', { origin }) });
    });
  }

  #removeOrigin({ id, origin }: SiteOrigin): void {
    const site = this.params['site']!;
    void this.#attempt(async () => {
      await this.api.control.removeOrigin(site, id);
      this.toasts.show({
        text: t('origins.removed', { origin }),
        undo: () => void this.#attempt(() => this.api.control.addOrigin(site, origin)),
      });
    });
  }

  #toggle(module: string, enabled: boolean): void {
    const site = this.params['site']!;
    const label = this.space?.manifests.get(module)?.label ?? module;
    void this.#attempt(async () => {
      await this.api.control.setSiteModule(site, module, enabled);
      this.toasts.show({
        text: t(enabled ? 'siteModules.on' : 'siteModules.off', { label }),
        undo: () => void this.#attempt(() => this.api.control.setSiteModule(site, module, !enabled)),
      });
    });
  }

  async #delete(site: Site): Promise<void> {
    if (
      !(await this.desk.ask({
        title: t('sites.deleteTitle', { name: site.name }),
        body: t('sites.deleteBody'),
        confirm: t('sites.delete'),
        danger: true,
      }))
    )
      return;
    await this.#attempt(async () => {
      await this.api.control.deleteSite(site.id);
      this.api.cache.stale('sites:');
      this.toasts.show({ text: t('sites.deleted', { name: site.name }) });
      this.desk.navigate(`/clients/${this.params['id']}`, { replace: true });
    });
  }

  protected override render() {
    const { value, problem } = this.#site;
    const back = html`<a class="back small" href=${`/clients/${this.params['id']}`}>${icon('chevron-start')}${this.space?.client.name ?? ''}</a>`;
    if (!value)
      return html`<div class="page narrow"><div>${back}<h1 tabindex="-1">${t('sites.one')}</h1></div>${problem ? errorState(problem, () => this.#site.reload()) : skeletonLines(6)}</div>`;
    this.desk.title(value.site.name);
    return html`<div class="page narrow">
      <header class="head"><div>${back}<h1 tabindex="-1">${value.site.name}</h1></div>
        <div class="actions"><a class="button" href=${`/clients/${this.params['id']}/sites/${value.site.id}/analytics`}>${t('analytics.title')}</a></div></header>
      ${this.problem && !fieldError(this.problem, 'origin') ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${this.#modules(value)}${this.#origins(value)}${this.#snippets(value)}
      <section class="section"><desk-site-hosts .site=${value.site.id}></desk-site-hosts></section>
      <section class="section"><desk-site-captcha .site=${value.site.id}></desk-site-captcha></section>
      <section class="section"><h2>${t('look.title')}</h2><desk-site-look .site=${value.site} @saved=${() => this.api.cache.stale(`site:${value.site.id}`)}></desk-site-look></section>
      <section class="section"><desk-site-copy .site=${value.site}></desk-site-copy></section>
      <section class="section"><div><button class="danger" @click=${() => this.#delete(value.site)}>${icon('trash')}${t('sites.delete')}</button></div></section>
    </div>`;
  }

  #modules({ modules }: SiteState) {
    const known = modules.filter(({ module }) => this.space?.manifests.get(module)?.type !== 'system');
    return html`<section class="section"><h2>${t('siteModules.title')}</h2>
      ${known.length === 0 ? emptyState({ icon: 'module', title: t('modules.none'), text: t('siteModules.none'), action: html`<a class="button" href=${`/clients/${this.params['id']}/modules`}>${t('modules.choose')}</a>` }) : nothing}
      <ul class="rows">${known.map(({ module, enabled }) => {
        const manifest = this.space?.manifests.get(module);
        return html`<li><label class="switch-row"><input class="switch" type="checkbox" role="switch" .checked=${enabled} @change=${(event: Event) => this.#toggle(module, (event.target as HTMLInputElement).checked)} />
          <span><strong>${manifest?.label ?? module}</strong><br /><span class="muted">${manifest?.description ?? ''}</span></span></label></li>`;
      })}</ul></section>`;
  }

  #origins({ site, origins, refused }: SiteState) {
    return html`<section class="section"><div><h2>${t('origins.title')}</h2><p class="muted">${t('origins.text')}</p></div>
      ${origins.length === 0 ? html`<p class="notice warn">${icon('alert')}<span>${t('origins.none')}</span></p>` : nothing}
      <ul class="rows">${origins.map(origin => html`<li><span>${origin.origin}${origin.lastAt ? html`<br /><small class="muted">${t('origins.lastSeen', { when: formatInstant(origin.lastAt, site.zone) })}</small>` : nothing}</span><button class="plain" @click=${() => this.#removeOrigin(origin)}>${t('remove')}<span class="sr"> ${origin.origin}</span></button></li>`)}</ul>
      <form class="inline" @submit=${this.#addOrigin}>${simpleField({ name: 'origin', label: t('origins.add'), hint: t('origins.hint'), error: fieldError(this.problem, 'origin') })}<button type="submit">${t('add')}</button></form>
      ${
        refused.length > 0
          ? html`<div><h3>${t('origins.refused')}</h3><p class="muted">${t('origins.refusedText')}</p></div>
              <ul class="rows">${refused.map(item => html`<li><span>${item.origin}<br /><small class="muted">${t('origins.lastAsked', { when: formatInstant(item.lastAt, site.zone) })}</small></span><button @click=${() => this.#allow(item)}>${t('origins.allow')}<span class="sr"> ${item.origin}</span></button></li>`)}</ul>`
          : nothing
      }
    </section>`;
  }

  #snippets({ site, origins, refused, modules }: SiteState) {
    const on = modules.filter(({ enabled }) => enabled).map(({ module }) => module);
    return html`<section class="section"><h2>${t('embed.title')}</h2><desk-site-snippet .site=${site} .modules=${on} .origins=${origins} .refused=${refused} @look=${() => this.#site.reload()}></desk-site-snippet></section>`;
  }
}
