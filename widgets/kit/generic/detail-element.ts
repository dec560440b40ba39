/** One record: the one that the attribute `record` names, or the page's address. */
import { html, type TemplateResult } from 'lit';
import { RecordsElement } from './records-element.ts';

export class DetailElement extends RecordsElement {
  protected override body(): TemplateResult | '' {
    if (this.notice) return '';
    return this.busy ? this.skeleton() : html`<p class="muted">${this.say('empty')}</p>`;
  }
}
