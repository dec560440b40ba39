/** A visitor's conversation: sends in order, asks for what is new at the pace of the talk, and tells what was seen. */
import type { ReactiveController } from 'lit';
import type { ClientError, Result } from '../../../embed-sdk/types.ts';
import { pageNow } from '../../kit/page-clock.ts';
import { part } from '../../kit/part.ts';
import type { InlayChat } from './chat-element.ts';
import type { Sent, Since, Started, Status } from './chat-types.ts';
import { Details } from './details.ts';
import { keep, kept } from './kept.ts';
import { Pace } from './pace.ts';
import { Presence } from './presence.ts';
import { Rating } from './rating.ts';
import { talkStyles } from './talk-styles.ts';
import { talkView, toolsView } from './talk-view.ts';
import { Thread } from './thread.ts';

/** A conversation that is not there any more, or was never this visitor's. */
const gone = /^(UNKNOWN_|NOT_FOUND)/;
/** Proofs that the first message may be asked for; without them the server has the last word. */
const captchas = () => part(() => import('../../kit/captcha.ts')).catch(() => {});
/** 128 bits, also where a page is not from a secure origin. */
const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(36)).join('-');
const passing = ['OFFLINE', 'UNREACHABLE'];

export class Talk implements ReactiveController {
  readonly host: InlayChat;
  readonly thread = new Thread();
  readonly details: Details;
  rating: Rating;
  readonly #presence: Presence;
  readonly #pace = new Pace();
  token?: string | undefined;
  status: Status = 'open';
  /** Who answers. */
  agent?: string | undefined;
  /** Highest place that the desk has seen. */
  seen = 0;
  typing = false;
  /** Highest place that the visitor has seen. */
  read = 0;
  /** What is read out. */
  said = '';
  /** The history is on its way. */
  loading = false;
  /** Word of what became of the transcript. */
  mailed = '';
  #user?: string | undefined;
  #asking?: AbortController | undefined;
  #sending = false;
  /** Counts what was sent, so that an answer from before does not undo it. */
  #sent = 0;
  #told = 0;
  #held?: Element | null;
  #timer?: ReturnType<typeof setInterval>;
  #watch?: AbortController;

  constructor(host: InlayChat) {
    this.host = host;
    this.details = new Details(this);
    this.rating = new Rating(this);
    this.#presence = new Presence(typing => {
      const { token, read: seen } = this;
      if (token) return host.client!.call('presence', { token, seen, typing }, { write: true });
    });
    host.shadowRoot!.adoptedStyleSheets.push(talkStyles.styleSheet!);
    const before = kept();
    if (before && (!before.user || before.user === host.user)) {
      this.token = before.token;
      this.read = before.seen;
      this.loading = true;
    } else if (before) keep(undefined);
    host.addController(this);
    this.identify();
  }

  get unread(): number {
    return this.thread.after(this.read);
  }

  /** Whether there is anything to ask for. */
  get polls(): boolean {
    return !!this.token && this.status !== 'resolved' && !document.hidden;
  }

  hostConnected(): void {
    this.#watch?.abort();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    document.addEventListener('visibilitychange', () => this.wake(), { signal });
    addEventListener(
      'online',
      () => {
        this.flush();
        this.wake();
      },
      { signal },
    );
    this.wake();
  }

  hostDisconnected(): void {
    this.#watch?.abort();
    clearInterval(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
  }

  hostUpdate(): void {
    this.#held = this.host.shadowRoot!.activeElement;
  }

  /** What has gone hands the focus to the conversation, such as a button that was pressed or a form that nobody asks for any more. */
  hostUpdated(): void {
    if (this.#held?.isConnected === false)
      this.host.frame.querySelector<HTMLElement>('.log')?.focus({ preventScroll: true });
  }

  /** Asks at once, also a conversation that had ended: it may have been opened again. */
  wake(): void {
    this.#pace.now();
    this.#pace.stir();
    if (this.token && !document.hidden) this.ask();
    this.look();
    this.#run();
  }

  #run(): void {
    clearInterval(this.#timer);
    if (this.polls && this.host.isConnected) this.#timer = setInterval(this.tick, 1000);
  }

  /** Once a second while there is something to ask for. */
  tick = (): void => {
    this.#presence.tick();
    if (this.polls && pageNow() >= this.#pace.due(this.host.shown)) this.ask();
  };

  /** Asks for exactly what is missing; one question at a time. */
  async ask(): Promise<void> {
    const { token } = this;
    if (!token || this.#asking) return;
    const asking = new AbortController();
    this.#asking = asking;
    const sent = this.#sent;
    const input = { token, seq: this.thread.cursor };
    const reply = await this.host.client!.call<Since>('since', input, { signal: asking.signal });
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    if (token !== this.token) return;
    if (!reply.ok) {
      this.#pace.answered(pageNow(), false);
      this.loading = false;
      if (gone.test(reply.error.code)) this.forget();
      return this.host.requestUpdate();
    }
    const { value } = reply;
    const fresh = this.thread.advance(value.messages);
    const news = fresh.filter(({ kind }) => kind === 'agent');
    if (news[0] && !this.loading)
      this.said = news.map(({ author, text }) => (author ? `${author.name}: ${text}` : text)).join('\n');
    if (sent === this.#sent && !this.#sending) this.status = value.status;
    this.agent = value.agent?.name;
    this.seen = Math.max(this.seen, value.seen);
    this.typing = value.typing;
    this.rating.take(value);
    this.#pace.answered(pageNow(), fresh.length > 0 || value.typing);
    this.host.requestUpdate();
    if (value.more && fresh[0]) return this.ask();
    this.loading = false;
    this.look();
    this.#run();
  }

  /** What is before the visitor's eyes is seen. */
  look(): void {
    if (this.host.shown && !document.hidden && this.thread.last > this.read) {
      this.read = this.thread.last;
      this.#presence.tell();
      this.save();
    }
    if (this.unread !== this.#told) this.host.emit('inlay:chat-unread', { count: this.unread });
    this.#told = this.unread;
    this.host.requestUpdate();
  }

  /** A key was pressed in the composer. */
  typed(): void {
    if (!this.token) captchas();
    this.#pace.stir();
    this.#presence.typed(!!this.host.draft.trim());
  }

  write(text: string): void {
    const at = new Date(pageNow()).toISOString();
    this.thread.outbox = [...this.thread.outbox, { clientId: newId(), text, at }];
    this.said = this.mailed = '';
    this.end();
    this.flush();
  }

  /** Shows the end, where what the visitor has just done is; the log stands upside down. */
  end(): void {
    this.host.frame.querySelector('.log')!.scrollTop = 0;
  }

  /** Sends what waits, in order; the first that does not go holds up the rest. */
  flush = async (): Promise<void> => {
    if (this.#sending) return;
    this.#sending = true;
    const { thread, host } = this;
    host.notice = '';
    for (let item = thread.outbox[0]; item; item = thread.outbox[0]) {
      item.failed = false;
      host.requestUpdate();
      if (!this.token && this.details.missing) {
        this.details.ask();
        break;
      }
      const { clientId, text } = item;
      const reply = await (this.token
        ? host.client!.call<Sent>('send', { token: this.token, clientId, text }, { write: true })
        : this.#start({ clientId, text, ...this.details.values }));
      this.#sent++;
      if (reply.ok) this.#arrived(reply.value);
      else if (this.token && gone.test(reply.error.code)) this.forget();
      else {
        if (this.#refused(reply.error)) item.failed = true;
        break;
      }
    }
    this.#sending = false;
    this.#run();
    host.requestUpdate();
  };

  /** Sends what has failed. */
  again = (): void => {
    this.said = '';
    this.flush();
  };

  async #start(input: object): Promise<Result<Started>> {
    const { host } = this;
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    const page = { url: location.href.split('#')[0]!.slice(0, 2000), title: document.title.slice(0, 200) };
    const whole = { ...input, page, locale: host.language, zone };
    const call = (proof?: string) => host.client!.call<Started>('start', whole, { write: true, proof });
    const proofs = await captchas();
    if (!proofs) return call();
    const captcha = proofs.createCaptcha(host.client!, () => {
      const place = host.frame.querySelector('.captcha');
      const dark = getComputedStyle(host.frame).colorScheme === 'dark';
      return place ? { place, dark, title: host.t('captcha'), language: host.language } : undefined;
    });
    // It is always asked for, so nobody waits to be refused first.
    return proofs.withProof(captcha, 'start', call, { early: captcha.proof('start') });
  }

  #arrived(value: Sent | Started): void {
    this.#pace.stir();
    this.#presence.sent();
    if ('token' in value) {
      this.token = value.token;
      this.status = value.conversation.status;
      this.host.emit('inlay:chat-started', { id: value.conversation.id });
    } else this.status = value.status;
    this.thread.merge([value.message]);
    this.#pace.answered(pageNow(), true);
    this.look();
    this.save();
  }

  /** Says why, and whether the message has failed by it. */
  #refused(error: ClientError): boolean {
    const fields = error.errors?.map(({ pointer }) => pointer.slice(1)) ?? [];
    if (!this.token && this.details.refuse(error.code, fields)) return false;
    if (!passing.includes(error.code)) this.host.notice = this.host.explain(error);
    this.said = this.host.t('failed');
    return true;
  }

  /** Storage begins with what the visitor wrote. */
  save(): void {
    if (this.token && this.thread.messages[0]) keep({ token: this.token, seen: this.read, user: this.#user });
  }

  forget(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.token = undefined;
    this.thread.messages = [];
    this.thread.cursor = this.read = this.seen = 0;
    this.status = 'open';
    this.agent = undefined;
    this.typing = this.loading = false;
    this.rating = new Rating(this);
    this.mailed = this.host.notice = '';
    keep(undefined);
    this.look();
  }

  /** Whom the page vouches for brings their history along; whoever leaves takes it away. */
  async identify(): Promise<void> {
    const { host } = this;
    const { user, hash } = host;
    if (this.#user && this.#user !== user) this.forget();
    this.#user = undefined;
    if (!user || !hash) return;
    const given = { name: this.details.given('name'), email: this.details.given('email') };
    const input = {
      token: this.token,
      userId: user,
      hash,
      name: given.name || undefined,
      email: given.email || undefined,
    };
    const reply = await host.client!.call<{ token: string }>('identify', input, { write: true });
    if (host.user !== user) return;
    if (!reply.ok) return host.emit('inlay:error', reply.error);
    this.#user = user;
    this.token = reply.value.token;
    this.thread.cursor = 0;
    this.loading = true;
    this.wake();
    // What waited for a name or an address waits no more.
    this.flush();
  }

  async mail(): Promise<void> {
    const { host } = this;
    const reply = await host.client!.call('transcript', { token: this.token }, { write: true });
    this.mailed = reply.ok ? host.t('mailed') : host.explain(reply.error);
    this.said = this.mailed;
    this.end();
    host.requestUpdate();
  }

  render(): unknown {
    return talkView(this);
  }

  tools(): unknown {
    return toolsView(this);
  }
}
