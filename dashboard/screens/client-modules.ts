/** Installs and removes modules for a client, and keeps their settings. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldProblem } from '../../schemas/errors/index.ts';
import type { ModuleSummary } from '../../schemas/protocol/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { entityPlural, shownEntities } from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { FieldsForm } from '../generic/fields-form.ts';
import { type Values, validate } from '../generic/validate.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { ModuleChange } from './module-change.ts';
import { ModuleVersions } from './module-version.ts';
import { panel } from './panel-styles.ts';
import { QuarantineNotice } from './quarantine-notice.ts';

/** @tag desk-client-modules */
export class ClientModules extends DeskElement {
  static override uses = {
    'desk-fields': FieldsForm,
    'desk-module-change': ModuleChange,
    'desk-module-version': ModuleVersions,
    'desk-quarantine': QuarantineNotice,
  };
  static override styles = [DeskElement.styles, form, panel];
  static override properties = {
    params: { attribute: false },
    open: { state: true },
    versioned: { state: true },
    installing: { state: true },
    values: { state: true },
    errors: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  declare params: Params;
  /** The module whose settings are open. */
  declare open: string | null;
  /** The module whose version is open. */
  declare versioned: string | null;
  /** The module that somebody is about to install. */
  declare installing: string | null;
  declare values: Values;
  declare errors: readonly FieldProblem[];
  declare problem: ApiProblem | null;
  declare busy: string | null;
  #before = '';
  readonly #modules = this.resource<ModuleSummary[]>(() => ({
    key: 'modules',
    read: () => this.api.control.modules(),
  }));

  constructor() {
    super();
    this.open = null;
    this.versioned = null;
    this.installing = null;
    this.values = {};
    this.errors = [];
    this.problem = null;
    this.busy = null;
  }

  protected override opened(): void {
    this.desk.title(t('modules.title'));
    this.desk.guard(() => this.open !== null && JSON.stringify(this.values) !== this.#before);
  }

  async #attempt(module: string, work: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    this.busy = module;
    try {
      await work();
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = null;
      this.api.cache.stale(`space:${this.params['id']}`);
      this.api.cache.stale('site:');
    }
  }

  #installed(module: ModuleSummary): void {
    this.installing = null;
    this.api.cache.stale(`space:${this.params['id']}`);
    this.api.cache.stale('site:');
    this.toasts.show({ text: t('modules.added', { label: module.label }) });
  }

  async #uninstall(module: ModuleSummary): Promise<void> {
    const manifest = this.space?.manifests.get(module.name);
    const what = manifest
      ? shownEntities(manifest)
          .map(([, entity]) => entityPlural(entity))
          .join(', ')
      : module.label;
    const yes = await this.desk.ask({
      title: t('modules.removeTitle', { label: module.label }),
      body: t('modules.removeBody', { what }),
      confirm: t('modules.remove'),
      danger: true,
    });
    const id = this.params['id']!;
    if (yes)
      await this.#attempt(module.name, async () => {
        await this.api.control.uninstall(id, module.name);
        this.open = null;
        this.versioned = null;
        this.toasts.show({
          text: t('modules.removed', { label: module.label }),
          undo: () => void this.#attempt(module.name, () => this.api.control.install(id, module.name)),
        });
      });
  }

  #toggle(name: string): void {
    this.open = this.open === name ? null : name;
    const settings = this.space?.installations.find(({ module }) => module === name)?.settings ?? {};
    const fields = this.space?.manifests.get(name)?.settings ?? {};
    this.values = Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, settings[key] ?? field.default]),
    );
    this.#before = JSON.stringify(this.values);
    this.errors = [];
  }

  #save(event: Event, name: string): void {
    event.preventDefault();
    const fields = this.space!.manifests.get(name)!.settings;
    this.errors = validate(fields, this.values);
    const focus = () => void this.renderRoot.querySelector<FieldsForm>('desk-fields')?.focusError();
    if (this.errors.length > 0) {
      focus();
      return;
    }
    const id = this.params['id']!;
    const before = JSON.parse(this.#before) as Record<string, unknown>;
    void this.#attempt(name, async () => {
      await this.api.control.configure(id, name, this.values);
      this.open = null;
      this.toasts.show({
        text: t('saved'),
        undo: () => void this.#attempt(name, () => this.api.control.configure(id, name, before)),
      });
    }).then(() => {
      this.errors = (this.problem?.errors ?? []).map(error => ({
        ...error,
        pointer: error.pointer.replace(/^\/settings(?=\/)/, ''),
      }));
      if (this.errors.length > 0) focus();
    });
  }

  protected override render() {
    const { value, problem } = this.#modules;
    const installed = new Set(this.space?.installations.map(({ module }) => module));
    const mine = value?.filter(module => installed.has(module.name)) ?? [];
    const others = value?.filter(module => !installed.has(module.name) && module.type !== 'system') ?? [];
    return html`<div class="page narrow">
      <header class="head"><div><h1 tabindex="-1">${t('modules.title')}</h1><p class="muted">${t('modules.text', { name: this.space?.client.name ?? '' })}</p></div></header>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      <desk-quarantine .clientId=${this.params['id']!}></desk-quarantine>
      ${problem ? errorState(problem, () => this.#modules.reload()) : value ? nothing : skeletonLines(6)}
      ${mine.length ? html`<section class="section"><h2>${t('modules.installed')}</h2><ul class="rows">${mine.map(module => this.#mine(module))}</ul></section>` : nothing}
      ${
        value
          ? html`<section class="section"><h2>${t('modules.available')}</h2>
        ${others.length === 0 ? emptyState({ icon: 'check', title: t('modules.allTitle'), text: t('modules.allText') }) : nothing}
        <ul class="rows">${others.map(module => this.#other(module))}</ul></section>`
          : nothing
      }
    </div>`;
  }

  #other(module: ModuleSummary): TemplateResult {
    const open = this.installing === module.name;
    return html`<li><div><h3>${module.label} <span class="muted small">${module.version}</span></h3><p class="muted">${module.description}</p></div>
      <button aria-expanded=${open} @click=${() => (this.installing = open ? null : module.name)}>${t('modules.add')}<span class="sr"> ${module.label}</span></button>
      ${
        open
          ? html`<desk-module-change class="panel" installs .clientId=${this.params['id']!} .module=${module.name} .label=${module.label}
        @done=${() => this.#installed(module)} @cancel=${() => (this.installing = null)}></desk-module-change>`
          : nothing
      }</li>`;
  }

  #mine(module: ModuleSummary): TemplateResult {
    const manifest = this.space?.manifests.get(module.name);
    const installation = this.space!.installations.find(({ module: name }) => name === module.name)!;
    const [open, versioned] = [this.open === module.name, this.versioned === module.name];
    const newer = compareVersions(module.version, installation.version) > 0;
    const configurable = manifest && Object.keys(manifest.settings).length > 0;
    const needed = [...(this.space?.manifests.values() ?? [])]
      .filter(other => other.requires && module.name in other.requires)
      .map(other => other.label);
    return html`<li><div><h3>${module.label} <span class="muted small">${installation.pinned ? t('version.stays', { version: installation.version }) : installation.version}</span></h3><p class="muted">${module.description}</p>
        ${needed.length ? html`<p class="muted small">${t('modules.neededBy', { labels: needed.join(', ') })}</p>` : nothing}</div>
      <div class="row"><button aria-expanded=${versioned} @click=${() => (this.versioned = versioned ? null : module.name)}>${newer ? t('version.update', { version: module.version }) : t('version.button')}<span class="sr"> ${module.label}</span></button>
        ${configurable ? html`<button aria-expanded=${open} @click=${() => this.#toggle(module.name)}>${icon('settings')}${t('modules.settings')}<span class="sr"> ${module.label}</span></button>` : nothing}
        ${needed.length ? nothing : html`<button class="plain danger" @click=${() => this.#uninstall(module)}>${t('modules.remove')}<span class="sr"> ${module.label}</span></button>`}</div>
      ${versioned ? html`<desk-module-version class="settings" .clientId=${this.params['id']!} .label=${module.label} .installation=${installation}></desk-module-version>` : nothing}
      ${
        open && manifest
          ? html`<form class="panel settings" novalidate @submit=${(event: Event) => this.#save(event, module.name)}>
        <desk-fields .fields=${manifest.settings} .values=${this.values} .errors=${this.errors} .owner=${module.name} .zone=${this.space!.client.zone}
          @change=${(event: Event) => (this.values = (event.target as FieldsForm).values)}></desk-fields>
        <div class="buttons"><button class="primary" type="submit">${t('save')}</button><button type="button" @click=${() => this.#toggle(module.name)}>${t('cancel')}</button></div></form>`
          : nothing
      }
    </li>`;
  }
}
