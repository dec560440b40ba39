/** A search as somebody types; how many were found is said aloud. */
import { html, type TemplateResult } from 'lit';
import { ListElement } from './list-element.ts';

/** Milliseconds without a key until the question goes out. */
const pause = 250;

export class SearchElement extends ListElement {
  query = '';
  #timer = 0;

  #type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.load({ q: query.trim() }), pause) as unknown as number;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override body(): TemplateResult {
    const { records, total } = this.page;
    const found = total === undefined ? '' : this.say(total ? 'hits' : 'noHits', { n: total });
    const input = (event: Event) => this.#type((event.target as HTMLInputElement).value);
    return html`<label for="q">${this.say('search')}</label>
      <input id="q" type="search" enterkeyhint="search" .value=${this.query} @input=${input} />
      <p class="found muted" role="status">${this.busy ? '' : found}</p>
      ${
        records[0]
          ? html`<ul class="list" tabindex="0" aria-label=${this.say('title')}>${records.map(record => html`<li>${this.row(record)}</li>`)}</ul>`
          : total === undefined
            ? html`<p class="muted">${this.say('empty')}</p>`
            : ''
      }
      ${this.moreButton(this.query.trim() ? { q: this.query.trim() } : {})}`;
  }
}
