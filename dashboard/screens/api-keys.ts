/** API keys of a client; the key itself is shown once. */
import { css, html, nothing } from 'lit';
import type { ApiKey } from '../../schemas/protocol/index.ts';
import { dayBounds, toLocal } from '../../schemas/time/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatDate, formatInstant } from '../generic/format-value.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonRows } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { CopyText } from './copy-text.ts';
import { daysLeft, isOver } from './key-expiry.ts';
import { endsText } from './key-notice.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-api-keys */
export class ApiKeys extends DeskElement {
  static override uses = { 'desk-copy': CopyText };
  static override styles = [DeskElement.styles, form, table, panel, css`#expiresAt { max-inline-size: 200px; }`];
  static override properties = {
    params: { attribute: false },
    adding: { state: true },
    fresh: { state: true },
    problem: { state: true },
    all: { state: true },
  };
  declare params: Params;
  declare adding: boolean;
  /** The key that was just made; gone when the screen is left. */
  declare fresh: ApiKey | null;
  declare problem: ApiProblem | null;
  declare all: boolean;
  readonly #keys = this.resource<ApiKey[]>(() => ({
    key: `keys:${this.params['id']}`,
    read: () => this.api.control.keys(this.params['id']!),
  }));

  constructor() {
    super();
    this.adding = false;
    this.fresh = null;
    this.problem = null;
    this.all = true;
  }

  protected override opened(): void {
    this.desk.title(t('keys.title'));
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const { name, expiresAt: lastDay } = formValues(event, 'name', 'expiresAt');
    const expiresAt = lastDay ? new Date(dayBounds(lastDay, this.#zone).end).toISOString() : null;
    const scopes = this.all ? ['*'] : data.getAll('scope').map(String);
    this.problem = null;
    try {
      this.fresh = await this.api.control.createKey(this.params['id']!, { name, scopes, expiresAt });
      this.adding = false;
      this.api.cache.stale('keys:');
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#fresh')?.focus();
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async #revoke(key: ApiKey): Promise<void> {
    if (
      !(await this.desk.ask({
        title: t('keys.revokeTitle', { name: key.name }),
        body: t('keys.revokeBody'),
        confirm: t('keys.revoke'),
        danger: true,
      }))
    )
      return;
    try {
      await this.api.control.revokeKey(this.params['id']!, key.id);
      if (this.fresh?.id === key.id) this.fresh = null;
      this.toasts.show({ text: t('keys.revoked', { name: key.name }) });
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.api.cache.stale('keys:');
  }

  get #zone(): string {
    return this.space?.client.zone ?? 'UTC';
  }

  /** `booking:write` -> "Booking: read and change". */
  #scopeText(scope: string): string {
    if (scope === '*') return t('keys.all');
    const [module, verb] = scope.split(':');
    const label = this.space?.manifests.get(module!)?.label ?? module!;
    return t(verb === 'write' ? 'keys.write' : 'keys.read', { label });
  }

  protected override render() {
    const { value, problem } = this.#keys;
    const ends = endsText(value ?? [], Date.now());
    const add = html`<button class="primary" @click=${() => (this.adding = true)}>${icon('plus')}${t('keys.new')}</button>`;
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">${t('keys.title')}</h1><p class="muted" role="status">${value ? tn('keys.count', value.length) : html`&nbsp;`}</p></div>
        ${this.adding || value?.length === 0 ? nothing : html`<div class="actions">${add}</div>`}</header>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${
        this.fresh?.key
          ? html`<section class="panel section"><h2 id="fresh" tabindex="-1">${t('keys.fresh', { name: this.fresh.name })}</h2><p class="muted">${t('keys.once')}</p>
        <desk-copy .text=${this.fresh.key} .label=${t('keys.keyOf', { name: this.fresh.name })}></desk-copy><div><button @click=${() => (this.fresh = null)}>${t('keys.kept')}</button></div></section>`
          : nothing
      }
      ${ends ? html`<p class="notice warn">${ends}</p>` : nothing}
      ${this.adding ? this.#form() : nothing}
      ${problem ? errorState(problem, () => this.#keys.reload()) : nothing}
      ${value?.length === 0 ? (this.adding || this.fresh ? nothing : emptyState({ icon: 'key', title: t('keys.none'), text: t('keys.noneText'), action: add })) : value || !problem ? this.#table(value) : nothing}
    </div>`;
  }

  #table(keys: readonly ApiKey[] | undefined) {
    return html`<div class="scroll"><table class="cards" aria-label=${t('keys.title')}>
      <thead><tr><th scope="col">${t('keys.name')}</th><th scope="col">${t('keys.starts')}</th><th scope="col">${t('keys.may')}</th><th scope="col">${t('keys.used')}</th><th scope="col">${t('keys.until')}</th><th scope="col" class="end"><span class="sr">${t('keys.revoke')}</span></th></tr></thead>
      ${
        keys
          ? html`<tbody>${keys.map(
              key => html`<tr><td><strong>${key.name}</strong></td><td data-label=${t('keys.starts')}><code>${key.prefix}…</code></td>
        <td data-label=${t('keys.may')}>${key.scopes.map(scope => this.#scopeText(scope)).join(', ')}</td><td data-label=${t('keys.used')}>${key.lastUsedAt ? formatInstant(key.lastUsedAt, this.#zone) : t('keys.never')}</td><td data-label=${t('keys.until')}>${this.#until(key)}</td>
        <td class="end"><button class="plain danger" @click=${() => this.#revoke(key)}>${t('keys.revoke')}<span class="sr"> ${key.name}</span></button></td></tr>`,
            )}</tbody>`
          : skeletonRows(5, 3)
      }
    </table></div>`;
  }

  /** The last day of it, or the instant where that is within a day; in words where it needs attention. */
  #until(key: ApiKey) {
    if (key.expiresAt === null) return html`<span class="muted">${t('keys.always')}</span>`;
    const [now, end] = [Date.now(), Date.parse(key.expiresAt)];
    const last = toLocal(end - 1, this.#zone).date;
    const isWhole = dayBounds(last, this.#zone).end === end;
    const days = daysLeft(key, now);
    const word = days === 0 ? t('keys.today') : days === undefined ? '' : tn('keys.left', days);
    return html`<span class="row">${isWhole ? formatDate(last) : formatInstant(end, this.#zone)}
      ${isOver(key, now) ? html`<span class="badge full tone-danger">${t('keys.ended')}</span>` : word ? html`<span class="badge tone-warn">${word}</span>` : nothing}</span>`;
  }

  #form() {
    const modules = (this.space?.shown ?? []).map(name => [name, this.space!.manifests.get(name)!.label] as const);
    return html`<form class="panel" @submit=${this.#create}>
      <h2>${t('keys.new')}</h2>
      ${simpleField({ name: 'name', label: t('keys.name'), hint: t('keys.nameHint'), error: fieldError(this.problem, 'name') })}
      ${simpleField({ name: 'expiresAt', type: 'date', label: t('keys.end'), hint: t('keys.endHint'), min: toLocal(Date.now(), this.#zone).date, optional: true, error: fieldError(this.problem, 'expiresAt') })}
      <fieldset class="field"><legend>${t('keys.may')}</legend>
        <label class="check"><input type="radio" name="reach" .checked=${this.all} @change=${() => (this.all = true)} />${t('keys.all')}</label>
        <label class="check"><input type="radio" name="reach" .checked=${!this.all} @change=${() => (this.all = false)} />${t('keys.some')}</label>
        ${
          this.all
            ? nothing
            : html`<div class="group">${modules.flatMap(([name, label]) =>
                [
                  ['read', t('keys.read', { label })],
                  ['write', t('keys.write', { label })],
                ].map(
                  ([verb, text]) =>
                    html`<label class="check"><input type="checkbox" name="scope" value=${`${name}:${verb}`} />${text}</label>`,
                ),
              )}</div>`
        }
        ${fieldError(this.problem, 'scopes') ? html`<p class="wrong">${fieldError(this.problem, 'scopes')}</p>` : nothing}
      </fieldset>
      <div class="buttons"><button class="primary" type="submit">${t('keys.create')}</button><button type="button" @click=${() => (this.adding = false)}>${t('cancel')}</button></div>
    </form>`;
  }
}
