/** How far new versions of modules have come among the agency's clients, by cohort, and whom they were not for. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type {
  Client,
  HeldUpdates,
  ModuleSummary,
  Rollout,
  RolloutCohort,
  RolloutCounts,
} from '../../schemas/protocol/index.ts';
import { humanise } from '../api/manifest-reader.ts';
import { formatInstant } from '../generic/format-value.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, skeletonLines } from '../shell/states.ts';
import { locale, type StringKey, t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { HeldUpdatesSwitch } from './held-updates.ts';

/** How often it is asked how far one on its way has come, in milliseconds. */
const pause = 3_000;
const cohorts = [1, 2, 3] as const satisfies readonly RolloutCohort[];
const states = ['done', 'migrating', 'pending', 'failed'] as const satisfies readonly (keyof RolloutCounts)[];
const heads = { done: 'isDone', migrating: 'isMigrating', pending: 'isPending', failed: 'isFailed' } as const;
const tones = {
  running: 'half tone-accent',
  paused: 'tone-warn',
  stopped: 'full tone-danger',
  aborted: '',
  done: 'full tone-ok',
} as const satisfies Record<Rollout['state'], string>;

const numbers = new Intl.NumberFormat(locale);
const sum = (counts: RolloutCounts): number => states.reduce((all, state) => all + counts[state], 0);

/** @tag desk-updates */
export class Updates extends DeskElement {
  static override uses = { 'desk-held-updates': HeldUpdatesSwitch };
  static override properties = { params: { attribute: false } };
  declare params: Params;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #rollouts = this.resource<Rollout[]>(() => ({
    key: 'rollouts',
    read: () => this.api.control.rollouts(),
  }));
  readonly #held = this.resource<HeldUpdates>(() => ({
    key: 'held-updates',
    read: () => this.api.control.heldUpdates(),
  }));
  readonly #clients = this.resource<Client[]>(() => ({ key: 'clients', read: () => this.api.control.clients() }));
  readonly #modules = this.resource<ModuleSummary[]>(() => ({
    key: 'modules',
    read: () => this.api.control.modules(),
  }));

  protected override opened(): void {
    this.desk.title(t('updates.title'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(): void {
    clearTimeout(this.#timer);
    if (!this.#rollouts.value?.some(({ state }) => state === 'running')) return;
    this.#timer = setTimeout(() => this.#rollouts.reload(), pause);
  }

  protected override render() {
    const { value, problem } = this.#rollouts;
    return html`<div class="page narrow">
      <header class="head"><div><h1 tabindex="-1">${t('updates.title')}</h1><p class="muted">${t('updates.text')}</p></div></header>
      <desk-held-updates></desk-held-updates>
      ${problem ? errorState(problem, () => this.#rollouts.reload()) : value ? nothing : skeletonLines(6)}
      ${value?.length === 0 ? emptyState({ icon: 'check', title: t('updates.none'), text: t('updates.noneText') }) : nothing}
      ${value?.map(rollout => this.#one(rollout))}
      ${value?.length ? html`<p class="muted small">${t('updates.who')}</p>` : nothing}
    </div>`;
  }

  #one(rollout: Rollout): TemplateResult {
    const { module, version, state, createdAt, updatedAt, clients } = rollout;
    const label = this.#modules.value?.find(({ name }) => name === module)?.label ?? humanise(module);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const when = t('updates.when', { begun: formatInstant(createdAt, zone), moved: formatInstant(updatedAt, zone) });
    const isHeld =
      state === 'running' && clients.pending > 0 && clients.migrating === 0 && this.#held.value?.held === true;
    const all = sum(clients);
    const text = t('updates.progress', { done: numbers.format(clients.done), all: numbers.format(all) });
    return html`<section class="section" aria-labelledby=${rollout.id}>
      <div class="head"><div><h2 id=${rollout.id}>${label} ${version}</h2><p class="muted small">${when}</p></div>
        ${isHeld ? html`<span class="badge ${tones.paused}">${t('updates.held')}</span>` : html`<span class="badge ${tones[state]}">${t(`updates.${state}`)}</span>`}</div>
      <p>${isHeld ? t('updates.heldText') : this.#about(rollout)}</p>
      <div class="far"><p class="small" role=${state === 'running' ? 'status' : nothing}>${text}</p><progress max=${all} .value=${clients.done} aria-label=${text}></progress></div>
      ${this.#counts(rollout, `${label} ${version}`)}
      ${this.#failures(rollout)}
    </section>`;
  }

  #about({ state, cohort }: Rollout): string {
    if (state === 'running') return t(cohort === null ? 'updates.waitingText' : 'updates.runningText');
    if (state !== 'stopped') return t(`updates.${state}Text`);
    return t('updates.stoppedText', { cohort: t(`updates.in.${cohort ?? 1}`) });
  }

  #counts({ clients, cohorts: byCohort }: Rollout, name: string): TemplateResult {
    const row = (title: StringKey, counts: RolloutCounts) =>
      html`<tr><th scope="row">${t(title)}</th>${states.map(
        state => html`<td class="number ${counts[state] === 0 ? 'muted' : ''}">${numbers.format(counts[state])}</td>`,
      )}</tr>`;
    return html`<div class="scroll"><table aria-label=${name}>
      <thead><tr><th scope="col">${t('updates.cohort')}</th>${states.map(state => html`<th scope="col" class="number">${t(`updates.${heads[state]}`)}</th>`)}</tr></thead>
      <tbody>${cohorts.map(cohort => row(`updates.cohort.${cohort}`, byCohort[cohort]))}${row('updates.all', clients)}</tbody></table></div>`;
  }

  #failures({ failures }: Rollout) {
    if (failures.length === 0) return nothing;
    return html`<details><summary>${tn('updates.failures', failures.length)}</summary>
      <p class="muted small">${t('updates.failuresText')}</p>
      <ul>${failures.map(({ clientId, error }) => {
        const client = this.#clients.value?.find(({ id }) => id === clientId);
        return html`<li>${client ? html`<a href=${`/clients/${clientId}/modules`}>${client.name}</a>` : t('updates.unknownClient')}<br /><span class="muted small">${error}</span></li>`;
      })}</ul></details>`;
  }

  static override styles = [
    DeskElement.styles,
    form,
    table,
    css`
      .far { display: grid; gap: 4px; }
      progress { inline-size: 100%; block-size: 6px; accent-color: var(--accent); }
      th[scope='row'] { color: var(--ink); font-size: inherit; font-weight: 400; }
      tbody tr:last-child :is(th, td) { font-weight: 600; border-block-end: 0; }
      th, td { padding-block: 7px; }
      th.number { inline-size: 17%; white-space: normal; }
      summary { color: var(--accent-text); font-weight: 500; cursor: pointer; inline-size: fit-content; }
      details ul { display: grid; gap: 8px; margin-block-start: 8px; }
      details li { overflow-wrap: anywhere; }
      @media (max-width: 720px) { th, td { padding-inline-end: 8px; } }
    `,
  ];
}
