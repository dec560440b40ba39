/** What the inbox knows: the list, the conversation that is open, and what was written and has not arrived. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { pageNow } from '../../kit/page-clock.ts';
import { Presence } from '../element/presence.ts';
import type {
  Conversation,
  Counts,
  InboxPage,
  Message,
  ModuleAddress,
  Opened,
  Problem,
  ScreenApi,
} from './screen-api.ts';

export const filters = ['open', 'mine', 'unassigned', 'snoozed', 'resolved'] as const;
export type Filter = (typeof filters)[number];

export interface Outgoing {
  readonly conversation: string;
  readonly clientId: string;
  readonly text: string;
  readonly note: boolean;
  readonly at: string;
  readonly failed: boolean;
}

export interface DataHost extends ReactiveControllerHost {
  readonly api: ScreenApi;
  readonly module: ModuleAddress;
}

/** Milliseconds between two looks at the open conversation; the list is looked at every other time. */
const pause = 5000;
/** Milliseconds between two words that somebody is at the desk; half of what one is good for. */
const attendance = 60_000;

export class InboxData implements ReactiveController {
  filter: Filter = 'open';
  q = '';
  /** Undefined until the first answer. */
  list?: readonly Conversation[] | undefined;
  counts?: Counts | undefined;
  next?: string | null | undefined;
  /** By id, so that going back shows at once what was there. */
  readonly talks = new Map<string, Opened>();
  chosen?: string | undefined;
  outbox: readonly Outgoing[] = [];
  /** What could not be loaded. */
  failed?: 'list' | 'talk' | undefined;
  offline = false;
  /** The visitor of the open conversation sees who writes a reply. */
  readonly presence = new Presence(typing => this.#look(typing));
  readonly #host: DataHost;
  #timer?: ReturnType<typeof setInterval>;
  /** Counts questions, so that an old answer is told from the last. */
  #asked = 0;
  #busy = false;
  #beats = 0;
  /** What was last told to have been seen. */
  #seen = '';
  #attended = Number.NEGATIVE_INFINITY;

  constructor(host: DataHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#beat(), pause);
    addEventListener('online', this.refresh);
    document.addEventListener('visibilitychange', this.refresh);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    removeEventListener('online', this.refresh);
    document.removeEventListener('visibilitychange', this.refresh);
  }

  #beat(): void {
    this.presence.tick();
    this.#beats++;
    if (this.#beats % 2 === 0) void this.refresh();
    else if (this.chosen && !this.#busy && !document.hidden) void this.open(this.chosen);
  }

  get talk(): Opened | undefined {
    return this.chosen ? this.talks.get(this.chosen) : undefined;
  }

  /** Calls an action; one `intent` is one wish, however often it is tried. */
  call<T>(name: string, input: unknown, intent: string = crypto.randomUUID()): Promise<T> {
    return this.#host.api.action<T>(this.#host.module, name, input, intent);
  }

  refresh = async (): Promise<void> => {
    if (this.#busy || document.hidden) return;
    this.#busy = true;
    void this.attend();
    await Promise.all([this.load(), this.chosen && this.open(this.chosen)]);
    this.#busy = false;
  };

  /** Says that somebody is at the desk, no more often than it helps; asking says nothing, and writes nothing. */
  async attend(): Promise<void> {
    const now = pageNow();
    if (document.hidden || now - this.#attended < attendance) return;
    this.#attended = now;
    await this.call('attend', {}).catch(() => {
      this.#attended = Number.NEGATIVE_INFINITY;
    });
  }

  /** The list from its beginning; what is shown stays until the answer is there. */
  async load(more?: boolean): Promise<void> {
    const asked = ++this.#asked;
    const { filter, q, list = [] } = this;
    const status = filter === 'snoozed' || filter === 'resolved' ? filter : 'open';
    const input = {
      // What is sought may be anywhere.
      ...(q ? { q } : { status }),
      ...(/mine|unassigned/.test(filter) && !q && { [filter]: true }),
      ...(more && this.next && { cursor: this.next }),
    };
    try {
      const page = await this.call<InboxPage>('inbox', input);
      if (asked !== this.#asked) return;
      const found = page.conversations;
      // Those beyond the first page stay as they were.
      const known = new Set(found.map(({ id }) => id));
      this.list = more ? [...list, ...found.filter(one => !list.some(({ id }) => id === one.id))] : found;
      if (!more && page.next && list.length > found.length)
        this.list = [...found, ...list.slice(found.length).filter(({ id }) => !known.has(id))];
      else this.next = page.next;
      this.counts = page.counts;
      this.failed = this.failed === 'list' ? undefined : this.failed;
      this.offline = false;
    } catch (error) {
      if (asked === this.#asked) this.#broke('list', error, !this.list);
    }
    this.#host.requestUpdate();
  }

  show(filter: Filter, q = ''): void {
    if (filter === this.filter && q === this.q) return;
    this.filter = filter;
    this.q = q;
    this.list = this.next = undefined;
    void this.load();
    this.#host.requestUpdate();
  }

  choose(id: string | undefined): void {
    this.presence.typed(false);
    this.chosen = id;
    this.failed = this.failed === 'talk' ? undefined : this.failed;
    if (id) void this.open(id);
    this.#host.requestUpdate();
  }

  async open(id: string): Promise<void> {
    try {
      const found = await this.#host.api.action<Opened>(
        this.#host.module,
        'open',
        { conversation: id },
        crypto.randomUUID(),
      );
      const before = this.talks.get(id);
      const first = found.messages[0]?.seq ?? 0;
      // Pages before the last one are kept.
      const earlier = before?.messages.filter(({ seq }) => seq < first) ?? [];
      this.talks.set(id, {
        ...found,
        messages: [...earlier, ...found.messages],
        more: earlier[0] ? before!.more : found.more,
      } as Opened);
      this.#forget(id, found.messages);
      this.failed = this.failed === 'talk' ? undefined : this.failed;
      this.offline = false;
      if (id === this.chosen) this.look();
    } catch (error) {
      if (id === this.chosen) this.#broke('talk', error, !this.talk);
    }
    this.#host.requestUpdate();
  }

  async earlier(): Promise<void> {
    const { talk, chosen } = this;
    if (!talk || !chosen) return;
    const before = talk.messages[0]?.seq;
    const found = await this.call<Opened>('open', { conversation: chosen, before });
    this.talks.set(chosen, { ...talk, messages: [...found.messages, ...talk.messages], more: found.more } as Opened);
    this.#host.requestUpdate();
  }

  /** Tells what is before somebody's eyes, and only what was not told; whoever writes goes on writing. */
  look(): void {
    const { chosen, talk } = this;
    const seen = `${chosen} ${talk?.messages.at(-1)?.seq}`;
    if (!talk || seen === this.#seen || document.hidden) return;
    this.#seen = seen;
    this.list = this.list?.map(one => (one.id === chosen ? { ...one, unread: 0 } : one));
    this.presence.tell();
  }

  #look(typing: boolean): Promise<unknown> | undefined {
    const { chosen: conversation, talk } = this;
    if (!talk || document.hidden) return;
    const seen = talk.messages.at(-1)?.seq ?? 0;
    return this.call('look', { conversation, seen, typing }).catch(() => {
      this.#seen = '';
    });
  }

  #forget(id: string, messages: readonly Message[]): void {
    const arrived = new Set(messages.map(({ clientId }) => clientId));
    this.outbox = this.outbox.filter(one => one.conversation !== id || !arrived.has(one.clientId));
  }

  /** What is written is there at once, and stays with a way to try again where it did not arrive. */
  async write(
    conversation: string,
    text: string,
    note: boolean,
    clientId: string = crypto.randomUUID(),
  ): Promise<void> {
    const item = { conversation, clientId, text, note, at: new Date(pageNow()).toISOString(), failed: false };
    const put = (one: Outgoing) => {
      const known = this.outbox.some(other => other.clientId === clientId);
      this.outbox = known
        ? this.outbox.map(other => (other.clientId === clientId ? one : other))
        : [...this.outbox, one];
      this.#host.requestUpdate();
    };
    put(item);
    try {
      const input = { conversation, clientId, text };
      const { message } = await this.call<{ message: Message }>(note ? 'note' : 'reply', input, clientId);
      const talk = this.talks.get(conversation);
      if (talk && !talk.messages.some(({ seq }) => seq === message.seq))
        this.talks.set(conversation, { ...talk, messages: [...talk.messages, message].sort((a, b) => a.seq - b.seq) });
      this.#forget(conversation, [message]);
      this.outbox = this.outbox.filter(one => one.clientId !== clientId);
      this.offline = false;
    } catch (error) {
      put({ ...item, failed: true });
      this.#broke('talk', error, false);
    }
    this.#host.requestUpdate();
    void this.load();
  }

  #broke(what: 'list' | 'talk', error: unknown, nothing: boolean): void {
    this.offline = !navigator.onLine || (error as Problem).code === 'NETWORK';
    if (nothing) this.failed = what;
  }
}
