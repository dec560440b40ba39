/** Records that point to this one, a few of each kind, with the way to all of them. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ListEnvelope } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type AnyRecord, listPath } from '../api/data-client.ts';
import {
  addressOf,
  type EntityJson,
  entityPlural,
  inSentence,
  type ManifestJson,
  may,
  recordLabel,
  shownEntities,
} from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { locale, t } from '../strings/translate.ts';
import { humanState } from './human-state.ts';
import { dataKey } from './run-transition.ts';

interface Relation {
  readonly entity: string;
  readonly definition: EntityJson;
  readonly field: string;
}

const few = 5;
const number = new Intl.NumberFormat(locale);

/** Entities of the module with a reference to this one. */
export const relationsTo = (manifest: ManifestJson, to: string): Relation[] =>
  shownEntities(manifest).flatMap(([entity, definition]) =>
    Object.entries(definition.fields)
      .filter(([, field]) => field.kind === 'ref' && field.to === to && !field.hidden)
      .map(([field]) => ({ entity, definition, field })),
  );

/** @tag desk-related */
export class RelatedRecords extends DeskElement {
  static override properties = { manifest: { attribute: false }, relation: { attribute: false }, record: {}, base: {} };
  declare manifest: ManifestJson;
  declare relation: Relation;
  /** Id of the record they point to. */
  declare record: string;
  /** Path of the module. */
  declare base: string;
  readonly #page = this.resource<ListEnvelope<AnyRecord>>(() => {
    if (!this.space || !this.record) return null;
    const at = addressOf(this.manifest, this.relation.entity);
    const data = this.api.data(this.space.client.id);
    const query = {
      filter: { [this.relation.field]: { eq: this.record } },
      size: few,
      count: true,
      sort: '-createdAt',
    };
    return { key: `${dataKey(data.clientId, at.module)}${listPath(at, query)}`, read: () => data.list(at, query) };
  });

  protected override render(): TemplateResult {
    const { entity, definition, field } = this.relation;
    const page = this.#page.value;
    const path = `${this.base}/${entity}`;
    const total = page?.page.total;
    const all = `${path}?${new URLSearchParams({ [`filter.${field}`]: `eq:${this.record}` })}`;
    const add = `${path}/new?${new URLSearchParams({ [field]: this.record })}`;
    return html`<section aria-labelledby="title"><header><h2 id="title">${entityPlural(definition)}</h2><span class="muted number">${total === undefined ? '' : number.format(total)}</span><span class="grow"></span>
      ${may(definition, 'create') ? html`<a class="button plain icon-only" href=${add} aria-label=${t('list.newNamed', { label: inSentence(definition.label) })}>${icon('plus')}</a>` : nothing}</header>
      ${total === 0 ? html`<p class="muted small">${t('related.none')}</p>` : nothing}
      <ul>${page?.data.map(record => html`<li><a href=${`${path}/${record.id}`}>${recordLabel(definition, record)}</a>${humanState(definition, record)}</li>`)}</ul>
      ${total !== undefined && total > few ? html`<a class="small" href=${all}>${t('related.all', { n: number.format(total) })}</a>` : nothing}
    </section>`;
  }

  static override styles = [
    DeskElement.styles,
    css`
      section { display: grid; gap: 8px; }
      header { display: flex; gap: 8px; align-items: center; min-block-size: 32px; }
      li { display: flex; gap: 12px; justify-content: space-between; padding-block: 6px; border-block-start: 1px solid var(--hairline); }
      li a { color: var(--ink); min-inline-size: 0; overflow-wrap: anywhere; }
    `,
  ];
}
