/** What list, cards, detail, search and calendar share: pages of records, one that is chosen, and what went wrong. */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { PageRequest, RecordsPage, RecordsView, ShownRecord } from '../../../schemas/protocol/widget.ts';
import { InlayElement } from '../base-element.ts';
import { icon } from '../icons.ts';
import { styles } from '../styles.ts';
import { imageOf, partsList } from './record-parts.ts';
import { recordsStyles } from './records-styles.ts';

/** @event {CustomEvent<{id: string}>} inlay:selected - A record was chosen. */
export abstract class RecordsElement extends InlayElement {
  static override properties: PropertyDeclarations = { record: {}, hash: { type: Boolean } };
  static override styles = [...styles, recordsStyles];

  /** Id of the record that shows from the start. */
  declare record?: string;
  /** The chosen record is in the page's address, `#tag=id`, so that Back closes it. */
  declare hash?: boolean;

  declare notice?: string;
  declare busy?: boolean;
  declare chosen?: ShownRecord | undefined;
  #page?: RecordsPage | undefined;
  /** The latest question; answers to earlier ones come too late. */
  #turn = 0;
  #retry = () => {};
  /** The element that the focus goes back to. */
  #from = '';

  get view(): RecordsView {
    return this.opening!.views![this.localName] as RecordsView;
  }

  get page(): RecordsPage {
    return this.#page ?? this.view.page ?? { records: [], after: null };
  }

  say(key: string, values?: Readonly<Record<string, string | number>>): string {
    return this.view.words[key] ?? this.t(`kit.${key}`, values);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#follow);
  }

  protected override opened(): void {
    this.#page = undefined;
    // What the page keeps free is enough for the first page: nothing below it moves.
    this.frame.style.setProperty('--room', this.style.minHeight || 'none');
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.opening || !(changed.has('opening') || changed.has('record'))) return;
    if (this.record) this.#open(this.record);
    else this.#follow();
  }

  /** What the address names, where the page wants it there. */
  readonly #follow = (): void => {
    if (!this.hash || !this.opening) return;
    const [tag, id] = location.hash.slice(1).split('=');
    if (tag === this.localName && id) this.#open(id);
    else if (this.chosen) this.#shut();
  };

  /** Undefined where it failed, which shows, or where another question has been asked since. */
  async ask(ask: PageRequest, retry: () => void): Promise<RecordsPage | undefined> {
    const turn = ++this.#turn;
    this.notice = '';
    this.busy = true;
    this.requestUpdate();
    const body = { ...ask, locale: this.language };
    const reply = await this.client!.call<RecordsPage>(`widgets/${this.view.widget}/page`, body);
    if (turn !== this.#turn) return undefined;
    this.busy = false;
    this.requestUpdate();
    if (reply.ok) return reply.value;
    this.notice = reply.error.code === 'NOT_FOUND' ? this.say('gone') : this.explain(reply.error);
    this.#retry = retry;
    this.emit('inlay:error', reply.error);
    return undefined;
  }

  /** Another first page, such as that of a search. */
  async load(ask: PageRequest): Promise<void> {
    const page = await this.ask(ask, () => this.load(ask));
    if (page) this.#page = page;
    this.requestUpdate();
  }

  async more(ask: PageRequest = {}): Promise<void> {
    const { records, after } = this.page;
    const page = await this.ask({ ...ask, after: after! }, () => this.more(ask));
    if (!page) return;
    this.#page = { ...page, records: [...records, ...page.records] };
    this.frame.style.setProperty('--room', 'none');
    this.#focus(`[data-id="${page.records[0]?.id}"]`);
  }

  /** The button that was pressed for it goes with what went wrong. */
  #again(): void {
    this.#focus('h2');
    this.#retry();
  }

  choose(record: ShownRecord): void {
    this.#from = record.id;
    this.emit('inlay:selected', { id: record.id });
    if (!this.view.opens) return;
    this.chosen = record;
    if (this.hash) location.hash = `${this.localName}=${record.id}`;
    else this.#open(record.id);
  }

  async #open(id: string): Promise<void> {
    if (this.chosen?.id !== id) this.chosen = this.page.records.find(record => record.id === id);
    this.frame.style.setProperty('--room', 'none');
    // At once: what was pressed is not there any more.
    if (this.#from === id) this.#focus('h2');
    const page = await this.ask({ id }, () => this.#open(id));
    if (!page) return;
    this.chosen = page.records[0];
    this.requestUpdate();
  }

  #shut(): void {
    this.chosen = undefined;
    this.notice = '';
    this.#focus(`[data-id="${this.#from}"]`);
  }

  #back(): void {
    if (this.hash) history.back();
    else this.#shut();
  }

  async #focus(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.frame.querySelector<HTMLElement>(selector)?.focus();
  }

  protected override content(): TemplateResult {
    return html`<section aria-busy=${!!this.busy}>
      ${this.chosen ? this.detail(this.chosen) : html`<h2 tabindex="-1">${this.say('title')}</h2>${this.#intro()}${this.body()}`}
      ${this.notice ? html`<p class="notice" role="alert">${this.notice} <button class="link" @click=${() => this.#again()}>${this.say('retry')}</button></p>` : ''}
    </section>`;
  }

  #intro(): unknown {
    const { intro } = this.view.words;
    return intro ? html`<p class="intro">${intro}</p>` : '';
  }

  /** The page of records, in the shape of the kind. */
  protected abstract body(): unknown;

  protected detail(record: ShownRecord): TemplateResult {
    return html`${this.view.opens ? html`<button class="link" @click=${() => this.#back()}>${icon('back')} ${this.say('back')}</button>` : ''}
      <h2 tabindex="-1">${record.title}</h2>
      ${imageOf(record)}${partsList(record)}`;
  }

  /** A record's title: a button where there is more to it. */
  protected titleOf(record: ShownRecord): TemplateResult {
    const { id, title } = record;
    return this.view.opens
      ? html`<button class="open" data-id=${id} @click=${() => this.choose(record)}>${title}</button>`
      : html`<b data-id=${id} tabindex="-1">${title}</b>`;
  }

  protected moreButton(ask?: PageRequest): unknown {
    return this.page.after
      ? html`<button class="plain" aria-busy=${!!this.busy} @click=${() => this.more(ask)}>${this.say('more')}</button>`
      : '';
  }

  protected override skeleton(): TemplateResult {
    const rows = Array.from({ length: Math.max(2, parseFloat(this.style.minHeight) / 90 || 0) });
    return html`<i class="bone title"></i>${rows.map(() => html`<i class="bone row"></i>`)}`;
  }
}
