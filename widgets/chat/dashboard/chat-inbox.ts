/** The inbox: conversations, the one that is open, and who writes; three panes where there is room, one at a time on a phone. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { ManifestJson } from '../../../schemas/module/manifest.ts';
import { pageNow } from '../../kit/page-clock.ts';
import { type Draft, draftOf, setDraft } from './drafts.ts';
import { type Filter, InboxData } from './inbox-data.ts';
import { inboxStyles } from './inbox-styles.ts';
import { listPane } from './list-pane.ts';
import {
  type Canned,
  type Conversation,
  chatAddress,
  type ModuleAddress,
  type Person,
  type Problem,
  type ScreenApi,
  type ScreenClient,
} from './screen-api.ts';
import { talkPane } from './talk-pane.ts';
import { visitorPane } from './visitor-pane.ts';
import { t } from './words.ts';

export type Pane = 'list' | 'talk' | 'visitor';

/** Milliseconds after the last letter of a search. */
const settled = 250;

/** @tag inlay-chat-inbox */
export class ChatInbox extends LitElement {
  static override styles = inboxStyles;
  static override properties = {
    api: { attribute: false },
    manifest: { attribute: false },
    client: { attribute: false },
    pane: { state: true },
    people: { state: true },
    canned: { state: true },
    cannedAt: { state: true },
    asking: { state: true },
    said: { state: true },
    now: { state: true },
  };
  declare api: ScreenApi;
  declare manifest: ManifestJson;
  declare client: ScreenClient;
  /** The one that a phone shows; elsewhere whether the visitor's is open. */
  declare pane: Pane;
  declare people: readonly Person[];
  declare canned: readonly Canned[];
  declare cannedAt: number;
  /** Whether to block waits for a yes. */
  declare asking: boolean;
  declare said: string;
  declare now: number;
  readonly data = new InboxData(this);
  #clock?: ReturnType<typeof setInterval>;
  #search?: ReturnType<typeof setTimeout>;

  constructor() {
    super();
    this.pane = 'list';
    this.people = [];
    this.canned = [];
    this.cannedAt = 0;
    this.asking = false;
    this.said = '';
    this.now = pageNow();
    this.addEventListener('keydown', event => this.#key(event));
  }

  get module(): ModuleAddress {
    return chatAddress(this.manifest);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock = setInterval(() => {
      this.now = pageNow();
    }, 30_000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    clearTimeout(this.#search);
  }

  /** Focus goes to the heading, as on any screen. */
  override focus(): void {
    this.#focus('h1');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('api')) return;
    void this.data.load();
    // Whoever is here for the first time is among the colleagues then.
    void this.data.attend().then(() => this.#helpers());
  }

  /** Colleagues and canned replies; without them the inbox works all the same. */
  async #helpers(): Promise<void> {
    const all = <T>(entity: string, sort: string) =>
      this.api.list<T>({ ...this.module, entity }, { sort, size: 200 }).then(
        ({ data }) => data,
        () => [],
      );
    [this.people, this.canned] = await Promise.all([all<Person>('agent', 'name'), all<Canned>('canned', 'shortcut')]);
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  filter(filter: Filter): void {
    this.data.show(filter);
    const input = this.renderRoot.querySelector<HTMLInputElement>('[type=search]');
    if (input) input.value = '';
  }

  search(q: string): void {
    clearTimeout(this.#search);
    this.#search = setTimeout(() => this.data.show(this.data.filter, q.trim()), settled);
  }

  choose(id: string): void {
    this.asking = false;
    this.data.choose(id);
    this.turn('talk');
  }

  /** The pane that is to be seen; the focus goes with it. */
  turn(pane: Pane): void {
    this.pane = pane;
    if (pane === 'list') this.#focus(`[data-id="${this.data.chosen}"]`);
    else this.#focus(pane === 'visitor' ? '.visitor-pane' : '.talk-bar h2');
  }

  ask(asking: boolean): void {
    this.asking = asking;
    this.#focus(asking ? '.ask button' : '.visitor-pane');
  }

  draft(draft: Draft): void {
    const { chosen } = this.data;
    if (!chosen) return;
    if (draft.text !== draftOf(chosen).text) this.cannedAt = 0;
    setDraft(chosen, draft);
    this.requestUpdate();
    // Never that a note is written.
    this.data.presence.typed(!draft.note && !!draft.text.trim());
  }

  write(): void {
    this.#focus('.composer textarea');
  }

  send(): void {
    const { chosen } = this.data;
    const { text, note } = draftOf(chosen ?? '');
    if (!chosen || !text.trim()) return;
    setDraft(chosen, { text: '', note: false });
    this.data.presence.sent();
    void this.data.write(chosen, text.trim(), note);
  }

  claim(): Promise<void> {
    return this.change('claim', {}, {}, t('taken'));
  }

  /** Resolves what is open, opens what is resolved. */
  finish(): Promise<void> {
    const done = this.data.talk?.conversation.status === 'resolved';
    return done
      ? this.change('reopen', {}, { status: 'open', snoozedUntil: null }, t('opened'))
      : this.change('resolve', {}, { status: 'resolved', waitingSince: null, dueAt: null }, t('ended'));
  }

  /** Shows a change at once, and takes it back where the server refuses it. */
  async change(action: string, input: object, shown: Partial<Conversation>, done = ''): Promise<void> {
    const { data } = this;
    const { talk, chosen } = data;
    if (!talk || !chosen) return;
    data.talks.set(chosen, { ...talk, conversation: { ...talk.conversation, ...shown } });
    this.requestUpdate();
    try {
      await data.call(action, { conversation: chosen, ...input });
      if (done) this.#say(done);
    } catch (error) {
      data.talks.set(chosen, talk);
      this.#say(t('notDone', { message: (error as Problem).message ?? '' }));
    }
    await Promise.all([data.open(chosen), data.load()]);
  }

  #say(text: string): void {
    this.said = text;
    setTimeout(() => {
      if (this.said === text) this.said = '';
    }, 6000);
  }

  /** Arrows, Home and End within the list. */
  walk = (event: KeyboardEvent): void => {
    const lines = [...this.renderRoot.querySelectorAll<HTMLElement>('.one')];
    const here = lines.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (to === undefined || !lines[to]) return;
    event.preventDefault();
    lines[to].focus();
  };

  /** Single letters, where nobody writes. */
  #key(event: KeyboardEvent): void {
    const from = event.composedPath()[0] as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/.test(from.localName)) return;
    const { list = [], chosen, talk } = this.data;
    const at = list.findIndex(({ id }) => id === chosen);
    const verbs: Readonly<Record<string, () => void>> = {
      j: () => list[at + 1] && this.#step(list[at + 1]!.id),
      k: () => list[at - 1] && this.#step(list[at - 1]!.id),
      r: () => this.#begin(false),
      n: () => this.#begin(true),
      e: () => talk && void this.finish(),
      s: () => this.#focus('[type=search]'),
    };
    const verb = verbs[event.key];
    if (!verb) return;
    event.preventDefault();
    verb();
  }

  #step(id: string): void {
    this.asking = false;
    this.data.choose(id);
    this.pane = 'talk';
    this.#focus(`[data-id="${id}"]`);
  }

  #begin(note: boolean): void {
    const { chosen } = this.data;
    if (!chosen) return;
    setDraft(chosen, { ...draftOf(chosen), note });
    this.requestUpdate();
    this.write();
  }

  protected override render() {
    const { talk, chosen } = this.data;
    return html`<div class="screen ${this.pane} ${chosen ? 'chosen' : ''}">
      ${listPane(this)}${talkPane(this)}${talk ? visitorPane(this, talk) : nothing}
      <p class="told ${this.said ? 'visible' : ''}" role="status">${this.said}</p>
    </div>`;
  }
}
