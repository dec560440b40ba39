/** Records as rows, or as quotations with who said them below. */
import { html, type TemplateResult } from 'lit';
import type { ShownRecord } from '../../../schemas/protocol/widget.ts';
import { partOf, partsLine } from './record-parts.ts';
import { RecordsElement } from './records-element.ts';

export class ListElement extends RecordsElement {
  protected override body(): TemplateResult {
    const { records } = this.page;
    if (!records[0]) return html`<p class="muted">${this.say('empty')}</p>`;
    const quotes = this.view.layout === 'quotes';
    return html`<ul class="list ${quotes ? 'quotes' : ''}" tabindex="0" aria-label=${this.say('title')}>
        ${records.map(record => html`<li>${quotes ? this.#quote(record) : this.row(record)}</li>`)}
      </ul>
      ${this.moreButton()}`;
  }

  protected row(record: ShownRecord): TemplateResult {
    return html`${this.titleOf(record)}<small>${partsLine(record)}</small>`;
  }

  #quote(record: ShownRecord): TemplateResult {
    const [said, ...parts] = record.parts;
    return html`<p>${said ? partOf(said) : ''}</p>
      <small>${this.titleOf(record)}${parts.map(part => html` · ${partOf(part)}`)}</small>`;
  }
}
