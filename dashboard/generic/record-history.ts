/** What was done to a record: by whom, when, and to which fields. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { EntityAddress, HistoryEntry } from '../api/data-client.ts';
import { type EntityJson, fieldLabel } from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, skeletonLines } from '../shell/states.ts';
import { type StringKey, t } from '../strings/translate.ts';
import { formatInstant, formatValue } from './format-value.ts';
import { dataKey, transitionLabel } from './run-transition.ts';

const shown = 6;
const actors: Readonly<Record<string, StringKey>> = {
  user: 'history.user',
  visitor: 'history.visitor',
  customer: 'history.customer',
  key: 'history.key',
};
const verbs: Readonly<Record<string, StringKey>> = {
  created: 'history.created',
  updated: 'history.updated',
  deleted: 'history.deleted',
  restored: 'history.restored',
};

/** @tag desk-history */
export class RecordHistory extends DeskElement {
  static override properties = {
    entity: { attribute: false },
    at: { attribute: false },
    record: {},
    all: { state: true },
  };
  declare entity: EntityJson;
  declare at: EntityAddress;
  /** Its id. */
  declare record: string;
  declare all: boolean;
  readonly #entries = this.resource<readonly HistoryEntry[]>(() => {
    if (!this.space || !this.record) return null;
    const data = this.api.data(this.space.client.id);
    return {
      key: `${dataKey(data.clientId, this.at.module)}${this.at.entity}/${this.record}/history`,
      read: () => data.history(this.at, this.record),
    };
  });

  constructor() {
    super();
    this.all = false;
  }

  #what({ action }: HistoryEntry): string {
    const verb = verbs[action];
    return verb ? t(verb) : transitionLabel(this.entity, action);
  }

  #who({ actor }: HistoryEntry): string {
    if (actor.id !== null && actor.id === this.session?.user.id) return t('history.you');
    return t(actors[actor.kind] ?? 'history.system');
  }

  /** What the fields became; texts that are kept from the log are only named. */
  #changes({ action, diff }: HistoryEntry): TemplateResult | typeof nothing {
    const zone = this.space?.client.zone ?? 'UTC';
    const changes = Object.entries(diff ?? {}).flatMap(([name, value]) => {
      const field = this.entity.fields[name];
      if (name === 'reason' && typeof value === 'string') return [value];
      if (!field || action === 'created') return [];
      const plain = value !== '[redacted]' && field.kind !== 'ref' && field.kind !== 'file';
      const text = plain ? formatValue(name, field, value, { zone, labelOf: () => undefined }) || t('none') : '';
      return [text ? `${fieldLabel(name, field)}: ${text}` : fieldLabel(name, field)];
    });
    return changes.length > 0 ? html`<p class="small muted">${changes.join(' · ')}</p>` : nothing;
  }

  protected override render() {
    const { value, problem } = this.#entries;
    const zone = this.space?.client.zone ?? 'UTC';
    const entries = this.all ? value : value?.slice(0, shown);
    return html`<section aria-labelledby="title"><h2 id="title">${t('history.title')}</h2>
      ${problem ? errorState(problem, () => this.#entries.reload()) : value ? nothing : skeletonLines(3)}
      <ol>${entries?.map(
        entry => html`<li><p><strong>${this.#what(entry)}</strong> <span class="muted">${this.#who(entry)}</span></p>${this.#changes(entry)}
        <p class="small muted"><time datetime=${entry.at}>${formatInstant(entry.at, zone)}</time></p></li>`,
      )}</ol>
      ${value && !this.all && value.length > shown ? html`<button class="link" @click=${() => (this.all = true)}>${t('history.all')}</button>` : nothing}
    </section>`;
  }

  static override styles = [
    DeskElement.styles,
    css`
      section { display: grid; gap: 12px; }
      ol { display: grid; }
      li { position: relative; padding: 0 0 16px 18px; border-inline-start: 1px solid var(--hairline); margin-inline-start: 4px; overflow-wrap: anywhere; }
      li:dir(rtl) { padding: 0 18px 16px 0; }
      li:last-child { border-color: transparent; padding-block-end: 0; }
      li::before { content: ''; position: absolute; inset-block-start: 6px; inset-inline-start: -5px; inline-size: 9px; block-size: 9px; border-radius: 50%; background: var(--paper); border: 1.5px solid var(--edge); }
      strong { font-weight: 500; }
      button { justify-self: start; }
    `,
  ];
}
