/** Who did what, newest first. */
import { html, nothing } from 'lit';
import type { AuditEntry, Client } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { humanise } from '../api/manifest-reader.ts';
import { formatInstant } from '../generic/format-value.ts';
import { listStyles } from '../generic/list-styles.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, skeletonRows } from '../shell/states.ts';
import { en } from '../strings/en.ts';
import { type StringKey, t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';

/** @tag desk-audit */
export class Audit extends DeskElement {
  static override styles = [DeskElement.styles, form, table, listStyles];
  static override properties = { params: { attribute: false }, term: { state: true }, client: { state: true } };
  declare params: Params;
  declare term: string;
  declare client: string;
  readonly #entries = this.resource<AuditEntry[]>(() => ({
    key: `audit:${this.client}`,
    read: () => this.api.control.audit(this.client || undefined),
  }));
  readonly #clients = this.resource<Client[]>(() =>
    this.session?.clientId ? null : { key: 'clients', read: () => this.api.control.clients() },
  );

  constructor() {
    super();
    this.term = '';
    this.client = '';
  }

  protected override opened(): void {
    this.desk.title(t('audit.title'));
  }

  #who(entry: AuditEntry): string {
    return entry.actor.name ?? t('audit.by', { kind: humanise(entry.actor.kind) });
  }

  /** In our words; an action that has none is spelled out: `client.created` -> "Client created". */
  #what(entry: AuditEntry): string {
    const key = `audit.action.${entry.action}`;
    if (key in en) return t(key as StringKey);
    const action = humanise(entry.action.replaceAll('.', ' '));
    return entry.action.includes('.') ? action : `${action} ${humanise(entry.subject).toLocaleLowerCase()}`;
  }

  protected override render() {
    const { value, problem } = this.#entries;
    const term = this.term.trim().toLocaleLowerCase();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const found = (value ?? []).filter(entry =>
      `${this.#who(entry)} ${this.#what(entry)} ${entry.subject}`.toLocaleLowerCase().includes(term),
    );
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">${t('audit.title')}</h1><p class="muted" role="status">${value ? tn('audit.count', found.length) : html`&nbsp;`}</p></div></header>
      <div class="tools"><div class="search">${icon('search')}<input type="search" aria-label=${t('audit.search')} placeholder=${t('audit.search')} .value=${this.term} @input=${(event: Event) => (this.term = (event.target as HTMLInputElement).value)} /></div>
        ${this.#clients.value?.length ? html`<select class="states" aria-label=${t('audit.client')} @change=${(event: Event) => (this.client = (event.target as HTMLSelectElement).value)}><option value="">${t('audit.anyClient')}</option>${this.#clients.value.map(client => html`<option value=${client.id} ?selected=${client.id === this.client}>${client.name}</option>`)}</select>` : nothing}</div>
      ${problem ? errorState(problem, () => this.#entries.reload()) : nothing}
      ${
        value && found.length === 0
          ? emptyState({ icon: 'history', title: t('audit.none'), text: t('audit.noneText') })
          : value || !problem
            ? html`<div class="scroll"><table class="cards" aria-label=${t('audit.title')}>
        <thead><tr><th scope="col">${t('audit.what')}</th><th scope="col">${t('audit.who')}</th><th scope="col">${t('audit.changed')}</th><th scope="col">${t('audit.when')}</th></tr></thead>
        ${
          value
            ? html`<tbody>${found.map(
                entry => html`<tr><td>${this.#what(entry)}</td><td data-label=${t('audit.who')}>${this.#who(entry)}</td>
          <td class=${entry.diff ? '' : 'none'} data-label=${t('audit.changed')}>${entry.diff ? Object.keys(entry.diff).map(humanise).join(', ') : ''}</td><td data-label=${t('audit.when')}>${formatInstant(entry.at, zone)}</td></tr>`,
              )}</tbody>`
            : skeletonRows(4)
        }
      </table></div>`
            : nothing
      }
    </div>`;
  }
}
