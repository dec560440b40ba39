/** Says that an update did not fit a client's records, and lets it get updates again. Nothing where all is well. */
import { css, html, nothing } from 'lit';
import type { Quarantine } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';

/** @tag desk-quarantine */
export class QuarantineNotice extends DeskElement {
  static override styles = [DeskElement.styles, css`.notice > :is(h2, p) { flex: 1 0 100%; }`];
  static override properties = {
    clientId: { attribute: false },
    problem: { state: true },
    busy: { state: true },
  };
  declare clientId: string;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  readonly #found = this.resource<Quarantine | null>(() =>
    this.clientId
      ? { key: `quarantine:${this.clientId}`, read: () => this.api.control.quarantine(this.clientId) }
      : null,
  );

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
  }

  async #release(): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      await this.api.control.releaseQuarantine(this.clientId);
      this.api.cache.stale(`quarantine:${this.clientId}`);
      this.toasts.show({ text: t('quarantine.released') });
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { value } = this.#found;
    if (!value) return nothing;
    const { module, version, error } = value;
    const label = (module && this.space?.manifests.get(module)?.label) ?? module;
    return html`<section class="notice error" role="alert">
      <h2>${t('quarantine.title')}</h2>
      <p>${label && version ? t('quarantine.text', { label, version }) : t('quarantine.unknown')}</p>
      ${error ? html`<p class="muted small">${t('quarantine.reason', { error })}</p>` : nothing}
      ${this.problem ? html`<p>${problemText(this.problem)}</p>` : nothing}
      <button aria-busy=${this.busy} ?disabled=${this.busy} @click=${() => this.#release()}>${t('quarantine.release')}</button>
    </section>`;
  }
}
