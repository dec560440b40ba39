/** Records as cards in as many columns as fit, each with its picture. */
import { html, type TemplateResult } from 'lit';
import { imageOf, partsLine } from './record-parts.ts';
import { RecordsElement } from './records-element.ts';

export class CardsElement extends RecordsElement {
  protected override body(): TemplateResult {
    const { records } = this.page;
    if (!records[0]) return html`<p class="muted">${this.say('empty')}</p>`;
    return html`<ul class="list cards ${this.view.layout ?? ''}" tabindex="0" aria-label=${this.say('title')}>
        ${records.map(record => html`<li>${imageOf(record)}${this.titleOf(record)}<small>${partsLine(record)}</small></li>`)}
      </ul>
      ${this.moreButton()}`;
  }
}
