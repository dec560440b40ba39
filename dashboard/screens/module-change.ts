/** What installing a module or changing its version would mean, and the agreement to it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { VersionChange, VersionPlan } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { fieldLabel, humanise, inSentence, type ManifestJson } from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { grownSentences } from './grown-sentences.ts';

interface Shown {
  readonly plan: VersionPlan;
  /** Of the modules that the plan is about. */
  readonly manifests: ReadonlyMap<string, ManifestJson>;
}

/** Sentences shown before the rest is asked for. */
const FIRST = 8;

/**
 * @tag desk-module-change
 * @event done - It was done; `detail` has the version.
 * @event cancel - Somebody thought better of it.
 */
export class ModuleChange extends DeskElement {
  static override properties = {
    clientId: { attribute: false },
    module: { attribute: false },
    label: { attribute: false },
    version: { attribute: false },
    installs: { type: Boolean },
    agreed: { state: true },
    missed: { state: true },
    busy: { state: true },
    problem: { state: true },
  };
  declare clientId: string;
  declare module: string;
  declare label: string;
  /** Exact; null for the newest that fits. */
  declare version: string | null;
  declare installs: boolean;
  declare agreed: boolean;
  /** Somebody went on without agreeing. */
  declare missed: boolean;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  readonly #shown = this.resource<Shown>(() => ({
    key: `plan:${this.clientId}:${this.module}:${this.version ?? ''}:${this.installs}`,
    read: () => this.#read(),
  }));

  constructor() {
    super();
    this.version = null;
    this.installs = false;
    this.agreed = false;
    this.missed = false;
    this.busy = false;
    this.problem = null;
  }

  async #read(): Promise<Shown> {
    const { control } = this.api;
    const plan = this.installs
      ? await control.planInstall(this.clientId, this.module)
      : await control.planUpgrade(this.clientId, this.module, this.version);
    const named = plan.changes.flatMap(({ module, scopes }) => [
      module,
      ...scopes.flatMap(line => /^(?:call|keep \w+ on) ([\w-]+)\./.exec(line)?.[1] ?? []),
    ]);
    const read = await Promise.all([...new Set(named)].map(name => control.module(name).catch(() => null)));
    const found = read.flatMap(module => (module ? [[module.name, module.manifest as ManifestJson] as const] : []));
    return { plan, manifests: new Map(found) };
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('version') && !changed.has('module')) return;
    this.agreed = false;
    this.missed = false;
    this.problem = null;
  }

  async #go({ plan }: Shown, to: string): Promise<void> {
    if (plan.consent.length > 0 && !this.agreed) {
      this.missed = true;
      this.renderRoot.querySelector<HTMLInputElement>('#agree')?.focus();
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      if (this.installs) await this.api.control.install(this.clientId, this.module, to);
      else await this.api.control.upgrade(this.clientId, this.module, { version: to, consent: plan.consent });
      this.dispatchEvent(new CustomEvent('done', { detail: to }));
    } catch (error) {
      this.problem = asProblem(error);
      this.agreed = false;
      this.#shown.reload();
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { value, problem } = this.#shown;
    if (problem) return errorState(problem, () => this.#shown.reload());
    if (!value) return skeletonLines(4);
    const { plan, manifests } = value;
    const own = plan.changes.find(({ module }) => module === this.module);
    const grown = plan.changes.flatMap(change => grownSentences(change, manifests));
    return html`
      ${own && !this.installs ? html`<div class="part"><h3>${t('version.brings')}</h3><ul>${this.#news(own, manifests.get(own.module)).map(line => html`<li>${line}</li>`)}</ul></div>` : nothing}
      ${plan.changes
        .filter(({ module, from }) => from === null && module !== this.module)
        .map(
          ({ module, to }) =>
            html`<p>${t('version.along', { label: manifests.get(module)?.label ?? humanise(module), version: to })}</p>`,
        )}
      ${plan.conflicts.length > 0 ? html`<div class="notice warn">${icon('alert')}<div><h3>${t('version.blocked')}</h3>${plan.conflicts.map(line => html`<p>${line}</p>`)}</div></div>` : nothing}
      ${own && plan.conflicts.length === 0 ? this.#agreement(value, own, grown) : nothing}
      ${this.problem ? html`<p class="notice error" role="alert">${this.problem.details['consent'] ? t('version.changed') : problemText(this.problem)}</p>` : nothing}
    `;
  }

  #agreement(shown: Shown, own: VersionChange, grown: readonly string[]): TemplateResult {
    const { consent } = shown.plan;
    const [first, rest] = [grown.slice(0, FIRST), grown.slice(FIRST)];
    const lines = (of: readonly string[]) => html`<ul>${of.map(line => html`<li>${line}</li>`)}</ul>`;
    return html`
      <div class="part"><h3 id="grows">${this.installs ? t('version.mayInstall', { label: this.label }) : t('version.grows')}</h3>
        ${grown.length === 0 ? html`<p class="muted">${t('version.nothingGrows')}</p>` : lines(first)}
        ${rest.length > 0 ? html`<details><summary>${t('version.seeAll', { n: grown.length })}</summary>${lines(rest)}</details>` : nothing}</div>
      ${
        consent.length > 0
          ? html`<div class="field"><label class="check"><input id="agree" type="checkbox" .checked=${this.agreed} aria-describedby=${this.missed ? 'missed' : nothing} aria-invalid=${this.missed && !this.agreed}
        @change=${(event: Event) => (this.agreed = (event.target as HTMLInputElement).checked)} /><span>${t('version.agree', { label: this.label })}</span></label>
        ${this.missed && !this.agreed ? html`<p class="wrong" id="missed" role="alert">${t('version.agreeFirst')}</p>` : nothing}</div>`
          : nothing
      }
      <div class="buttons"><button class="primary" ?disabled=${this.busy} @click=${() => void this.#go(shown, own.to)}>${
        this.busy
          ? t('version.working')
          : t(this.installs ? 'version.doInstall' : 'version.doUpgrade', { version: own.to })
      }</button>${this.installs ? html`<button ?disabled=${this.busy} @click=${() => this.dispatchEvent(new Event('cancel'))}>${t('cancel')}</button>` : nothing}</div>`;
  }

  /** In the words of the newer manifest, for fields in each entity together. */
  #news({ added, removed }: VersionChange, manifest: ManifestJson | undefined): string[] {
    const entity = (name: string) => inSentence(manifest?.entities[name]?.label ?? humanise(name));
    const field = (path: string) => {
      const [owner = '', name = ''] = path.split('.');
      const declared = manifest?.entities[owner]?.fields[name];
      return inSentence(declared ? fieldLabel(name, declared) : humanise(name));
    };
    const visible = (path: string) => {
      const [owner = '', name = ''] = path.split('.');
      return !added.entities.includes(owner) && !manifest?.entities[owner]?.fields[name]?.hidden;
    };
    const fields = Map.groupBy(added.fields.filter(visible), path => path.split('.')[0]!);
    const gone = [
      ...removed.entities.map(entity),
      ...removed.fields.filter(path => !removed.entities.includes(path.split('.')[0]!)).map(field),
      ...removed.actions.map(name => `“${humanise(name)}”`),
    ];
    const lines = [
      ...(added.entities.length > 0 ? [t('version.fresh', { names: added.entities.map(entity).join(', ') })] : []),
      ...[...fields].map(([owner, paths]) =>
        t('version.more', { entity: entity(owner), names: paths.map(field).join(', ') }),
      ),
      ...(added.actions.length > 0
        ? [t('version.calls', { names: added.actions.map(name => `“${humanise(name)}”`).join(', ') })]
        : []),
      ...(gone.length > 0 ? [t('version.gone', { names: gone.join(', ') })] : []),
    ];
    return lines.length > 0 ? lines : [t('version.nothingNew')];
  }

  static override styles = [
    DeskElement.styles,
    form,
    css`
      :host { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
      .part { display: grid; gap: 6px; }
      .part li { padding-inline-start: 16px; position: relative; overflow-wrap: anywhere; }
      .part li::before { content: ''; position: absolute; inset-inline-start: 2px; inset-block-start: 9px; inline-size: 4px; block-size: 4px; border-radius: 50%; background: var(--edge); }
      summary { color: var(--accent-text); font-weight: 500; cursor: pointer; inline-size: fit-content; }
      details > ul { margin-block-start: 6px; }
    `,
  ];
}
