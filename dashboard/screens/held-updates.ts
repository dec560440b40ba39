/** The switch by which an agency holds the updates of all its clients, and lets them go on. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HeldUpdates } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatInstant } from '../generic/format-value.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';

/** @tag desk-held-updates */
export class HeldUpdatesSwitch extends DeskElement {
  static override styles = [DeskElement.styles, form, panel];
  static override properties = { problem: { state: true }, busy: { state: true } };
  declare problem: ApiProblem | null;
  declare busy: boolean;
  readonly #held = this.resource<HeldUpdates>(() => ({
    key: 'held-updates',
    read: () => this.api.control.heldUpdates(),
  }));

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
  }

  async #set(held: boolean): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      await this.api.control.holdUpdates(held);
      this.toasts.show({ text: t(held ? 'updates.nowHeld' : 'updates.nowGoing'), undo: () => void this.#set(!held) });
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
      this.api.cache.stale('held-updates');
      this.api.cache.stale('rollouts');
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this.#held;
    if (!value) return nothing;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hint = value.since
      ? t('updates.heldSince', { since: formatInstant(value.since, zone) })
      : t('updates.holdHint');
    const may = this.session?.role === 'owner' || this.session?.role === 'admin';
    if (!may) return value.held ? html`<p class="notice warn">${hint}</p>` : nothing;
    return html`<label class="switch-row"><input class="switch" type="checkbox" role="switch" .checked=${value.held} ?disabled=${this.busy} aria-describedby="hint"
        @change=${(event: Event) => void this.#set((event.target as HTMLInputElement).checked)} />
        <span><strong>${t('updates.hold')}</strong><br /><span class="hint" id="hint">${hint}</span></span></label>
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}`;
  }
}
