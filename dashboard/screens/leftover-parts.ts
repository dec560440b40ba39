/** What earlier versions of an installed module left in the store, and the press that takes it away after a copy was made. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Contraction, ContractPlan, Installation } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { humanise, inSentence } from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatInstant } from '../generic/format-value.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';

type Part = ContractPlan['parts'][number];
type Kind = ContractPlan['blockers'][number]['kind'];

/** How often it asks whether a run is through, in milliseconds. */
const pause = 1_000;

/** `person.secondName` of a run that is over -> "Person: second name". */
const spoken = (name: string): string => {
  const [entity = '', field] = name.split('.');
  return field === undefined
    ? t('leftover.whole', { entity: humanise(entity) })
    : t('leftover.field', { entity: humanise(entity), field: inSentence(humanise(field)) });
};

const partWords = ({ name, label: { entity, field } }: Part): string => {
  const own = name.split('.')[1];
  return own === undefined
    ? t('leftover.whole', { entity })
    : t('leftover.field', { entity, field: inSentence(field ?? humanise(own)) });
};

/** @tag desk-leftover-parts */
export class LeftoverParts extends DeskElement {
  static override properties = {
    clientId: { attribute: false },
    label: { attribute: false },
    installation: { attribute: false },
    busy: { state: true },
    problem: { state: true },
  };
  declare clientId: string;
  declare label: string;
  declare installation: Installation;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Another version has other parts. */
  readonly #plan = this.resource<ContractPlan>(() => ({
    key: `leftovers:${this.clientId}:${this.installation.module}:${this.installation.version}`,
    read: () => this.api.control.leftovers(this.clientId, this.installation.module),
  }));

  constructor() {
    super();
    this.busy = false;
    this.problem = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(): void {
    clearTimeout(this.#timer);
    if (this.#plan.value?.last?.state !== 'running') return;
    this.#timer = setTimeout(() => this.#plan.reload(), pause);
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    this.busy = true;
    try {
      await work();
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
      this.#plan.reload();
      this.api.cache.stale(`copies:${this.clientId}`);
    }
  }

  async #take(parts: readonly Part[]): Promise<void> {
    const { label, clientId } = this;
    const yes = await this.desk.ask({
      title: tn('leftover.askTitle', parts.length, { label }),
      body: t('leftover.askBody', { names: parts.map(partWords).join('; ') }),
      confirm: t('leftover.take'),
      danger: true,
    });
    const names = [...new Set(parts.map(({ name }) => name))];
    if (yes) await this.#attempt(() => this.api.control.takeAway(clientId, this.installation.module, names));
  }

  async #giveUp(version: string): Promise<void> {
    const { label, clientId } = this;
    const { module, version: now } = this.installation;
    const yes = await this.desk.ask({
      title: t('leftover.giveUpTitle', { version }),
      body: t('leftover.giveUpBody', { label, now }),
      confirm: t('leftover.giveUp'),
    });
    if (!yes) return;
    await this.#attempt(async () => {
      await this.api.control.giveUpRollback(clientId, module);
      this.api.cache.stale(`space:${clientId}`);
      this.toasts.show({ text: t('leftover.gaveUp', { label, version }) });
    });
  }

  protected override render() {
    const { value, problem } = this.#plan;
    if (problem) return errorState(problem, () => this.#plan.reload());
    if (!value) return skeletonLines(2);
    const { parts, last } = value;
    if (parts.length === 0 && !last) return html`<p class="muted small">${t('leftover.none')}</p>`;
    return html`<h3>${t('leftover.title')}</h3>
      ${last?.state === 'running' ? nothing : this.#parts(value)}
      ${last ? html`<div role="status">${this.#last(last)}</div>` : nothing}
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}`;
  }

  #parts({ parts, blockers }: ContractPlan): TemplateResult {
    if (parts.length === 0) return html`<p class="muted small">${t('leftover.none')}</p>`;
    const mayTake = this.session?.role === 'owner' || this.session?.role === 'admin';
    return html`<p class="muted">${t('leftover.text')}</p>
      <ul>${parts.map(part => html`<li>${partWords(part)}<br /><span class="muted small">${this.#about(part).join('; ')}</span></li>`)}</ul>
      ${
        blockers.length > 0
          ? this.#blocked(blockers)
          : mayTake
            ? html`<p class="muted small">${t('leftover.copyFirst')}</p>
        <div><button class="danger" ?disabled=${this.busy} @click=${() => void this.#take(parts)}>${icon('trash')}${t('leftover.take')}</button></div>`
            : html`<p class="muted small">${t('leftover.adminOnly')}</p>`
      }`;
  }

  #about({ name, rows, last, emptied, announced }: Part): string[] {
    const counted = tn(name.includes('.') ? 'leftover.rows' : 'leftover.records', rows);
    return [
      rows === 0 ? t('leftover.empty') : counted,
      t('leftover.last', { version: last }),
      ...(emptied ? [t('leftover.emptied')] : []),
      ...(announced ? [] : [t('leftover.unannounced')]),
    ];
  }

  /** One sentence for each kind, and what can be done about it. */
  #blocked(blockers: ContractPlan['blockers']): TemplateResult {
    const { label } = this;
    const back = this.installation.previousVersion;
    const sentences: Readonly<Record<Kind, () => TemplateResult>> = {
      filling: () =>
        html`<p>${t('leftover.filling')}</p><button ?disabled=${this.busy} @click=${() => this.#plan.reload()}>${t('leftover.look')}</button>`,
      rollback: () =>
        back
          ? html`<p>${t('leftover.rollback', { version: back })}</p><button ?disabled=${this.busy} @click=${() => void this.#giveUp(back)}>${t('leftover.giveUp')}</button>`
          : html`<p>${t('leftover.rollbackUnknown')}</p>`,
      reference: () =>
        html`${blockers.filter(({ kind }) => kind === 'reference').map(({ text }) => html`<p>${t('leftover.reference', { text })}</p>`)}`,
      rollout: () => html`<p>${t('leftover.rollout', { label })}</p>`,
    };
    const kinds = [...new Set(blockers.map(({ kind }) => kind))];
    return html`<div class="notice"><div class="why"><h4>${t('leftover.blocked')}</h4>${kinds.map(kind => sentences[kind]())}</div></div>`;
  }

  #last({ state, parts, error, updatedAt, snapshotId }: Contraction): TemplateResult {
    const when = formatInstant(updatedAt, this.space?.client.zone ?? 'UTC');
    const names = parts.map(spoken).join('; ');
    if (state === 'running') {
      const text = t('leftover.running', { names });
      return html`<div class="run"><p>${text}</p><progress aria-label=${text}></progress></div>`;
    }
    const text =
      state === 'done' ? t('leftover.done', { when, names }) : t('leftover.failed', { when, error: error ?? '' });
    return html`<p class=${state === 'failed' ? 'notice warn' : 'muted small'}><span>${text}${snapshotId ? html` <a href=${`/clients/${this.clientId}/data`}>${t('leftover.toCopy')}</a>` : nothing}</span></p>`;
  }

  static override styles = [
    DeskElement.styles,
    form,
    css`
      :host { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); border-block-start: 1px solid var(--hairline); padding-block-start: 20px; }
      ul { display: grid; gap: 6px; }
      li { padding-inline-start: 16px; position: relative; overflow-wrap: anywhere; }
      li::before { content: ''; position: absolute; inset-inline-start: 2px; inset-block-start: 9px; inline-size: 4px; block-size: 4px; border-radius: 50%; background: var(--edge); }
      h4 { margin: 0; font: inherit; font-weight: 600; }
      p a { text-decoration: underline; text-underline-offset: 3px; }
      .why { display: grid; gap: 8px; justify-items: start; }
      .run { display: grid; gap: 6px; }
      progress { inline-size: min(400px, 100%); block-size: 6px; accent-color: var(--accent); }
    `,
  ];
}
