/** The version of one installed module: newer ones with what they mean, staying where it is, and the way back. */
import { html, nothing } from 'lit';
import type { Installation, ModuleVersion } from '../../schemas/protocol/index.ts';
import { compareVersions } from '../../schemas/semver/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatInstant } from '../generic/format-value.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { LeftoverParts } from './leftover-parts.ts';
import { ModuleChange } from './module-change.ts';
import { panel } from './panel-styles.ts';

const leaps = (from: string, { version }: ModuleVersion): boolean => version.split('.')[0] !== from.split('.')[0];

/** @tag desk-module-version */
export class ModuleVersions extends DeskElement {
  static override uses = { 'desk-leftover-parts': LeftoverParts, 'desk-module-change': ModuleChange };
  static override styles = [DeskElement.styles, form, panel];
  static override properties = {
    clientId: { attribute: false },
    label: { attribute: false },
    installation: { attribute: false },
    chosen: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  declare clientId: string;
  declare label: string;
  declare installation: Installation;
  /** Null for the newest of the main version in use. */
  declare chosen: string | null;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  readonly #versions = this.resource<ModuleVersion[]>(() => ({
    key: `versions:${this.clientId}:${this.installation.module}`,
    read: () => this.api.control.versions(this.clientId, this.installation.module),
  }));

  constructor() {
    super();
    this.chosen = null;
    this.problem = null;
    this.busy = false;
  }

  #moved(): void {
    this.chosen = null;
    this.api.cache.stale(`space:${this.clientId}`);
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.problem = null;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.busy = false;
      this.#moved();
    }
  }

  #upgraded(event: CustomEvent<string>): void {
    const { label } = this;
    this.toasts.show({
      text: t('version.upgraded', { label, version: event.detail }),
      undo: () => void this.#attempt(() => this.api.control.rollback(this.clientId, this.installation.module)),
    });
    this.#moved();
  }

  async #back(to: string): Promise<void> {
    const { label, clientId } = this;
    const { module, version: now } = this.installation;
    const yes = await this.desk.ask({
      title: t('version.backTitle', { label, version: to }),
      body: t('version.backBody', { version: to, now }),
      confirm: t('version.back', { version: to }),
    });
    if (!yes) return;
    if (await this.#attempt(() => this.api.control.rollback(clientId, module)))
      this.toasts.show({ text: t('version.wentBack', { label, version: to }) });
  }

  async #pin(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const { module, version } = this.installation;
    const pinned = input.checked;
    if (await this.#attempt(() => this.api.control.pin(this.clientId, module, pinned)))
      this.toasts.show({ text: t(pinned ? 'version.pinned' : 'version.unpinned', { label: this.label, version }) });
    else input.checked = !pinned;
  }

  protected override render() {
    const { value, problem } = this.#versions;
    if (problem) return errorState(problem, () => this.#versions.reload());
    if (!value) return skeletonLines(3);
    const { version, pinned, previousVersion } = this.installation;
    const newer = value.filter(entry => compareVersions(entry.version, version) > 0);
    const chosen =
      newer.find(entry => entry.version === this.chosen) ?? newer.find(entry => !leaps(version, entry)) ?? newer[0];
    return html`<div class="panel fields">
      ${chosen ? this.#change(newer, chosen) : html`<p>${t('version.newest', { version, label: this.label })}</p>`}
      <label class="switch-row"><input class="switch" type="checkbox" role="switch" .checked=${pinned} ?disabled=${this.busy} aria-describedby="pin-hint" @change=${(event: Event) => void this.#pin(event)} />
        <span><strong>${t('version.pin', { version })}</strong><br /><span class="hint" id="pin-hint">${t('version.pinHint')}</span></span></label>
      ${
        previousVersion
          ? html`<div class="field"><div><button ?disabled=${this.busy} @click=${() => void this.#back(previousVersion)}>${t('version.back', { version: previousVersion })}</button></div>
        <p class="hint">${t('version.backHint', { version: previousVersion })}</p></div>`
          : nothing
      }
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      <desk-leftover-parts .clientId=${this.clientId} .label=${this.label} .installation=${this.installation}></desk-leftover-parts>
    </div>`;
  }

  #change(newer: readonly ModuleVersion[], chosen: ModuleVersion) {
    const { module, version } = this.installation;
    const date = formatInstant(chosen.publishedAt, this.space?.client.zone ?? 'UTC');
    return html`<div class="field medium"><label for="to">${t('version.choose')}</label>
        <select id="to" aria-describedby="to-hint" @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}>
          ${newer.map(entry => html`<option value=${entry.version} ?selected=${entry === chosen}>${this.label} ${entry.version}</option>`)}</select>
        <p class="hint" id="to-hint">${t('version.chooseHint', { date, version })}</p></div>
      ${leaps(version, chosen) ? html`<p class="notice warn">${t('version.newMajor', { label: this.label })}</p>` : nothing}
      <desk-module-change .clientId=${this.clientId} .module=${module} .label=${this.label} .version=${chosen.version} @done=${(event: CustomEvent<string>) => this.#upgraded(event)}></desk-module-change>`;
  }
}
