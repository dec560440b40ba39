/** Chat on a customer's page: who answers, a greeting and a place to write; what follows comes once a visitor means it. */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { InlayElement } from '../../kit/base-element.ts';
import { icon } from '../../kit/icons.ts';
import { part } from '../../kit/part.ts';
import { styles } from '../../kit/styles.ts';
import { chatStyles } from './chat-styles.ts';
import type { Hello } from './chat-types.ts';
import { keptText } from './kept.ts';
import type { Talk } from './next.ts';

const bubble = 'M3 4.5h14v9.5H9.500L6 17v-3H3z';
const plane = 'M10 16V4.500M5 9.500l5-5 5 5';

/** Fetches all that a conversation needs; nothing where it cannot be had. */
const next = () => part(() => import('./next.ts')).catch(() => {});

/**
 * @tag inlay-chat
 * @event {CustomEvent<undefined>} inlay:chat-opened - A visitor has come to write, for the first time on this page.
 * @event {CustomEvent<{id: string}>} inlay:chat-started - The first message of a conversation has arrived.
 * @event {CustomEvent<{count: number}>} inlay:chat-unread - So many messages have not been seen, for a trigger of the page's own.
 */
export class InlayChat extends InlayElement {
  static override properties: PropertyDeclarations = { user: {}, hash: {} };
  static override styles = [...styles, chatStyles];

  /** Id of the page's own user, whose conversations come along; with `hash`. */
  declare user?: string;
  /** HMAC-SHA256 of `user` with the secret of the module's settings, in hexadecimal. */
  declare hash?: string;

  override readonly beside = true;
  hello!: Hello;
  draft = '';
  /** What could not be done, over the composer. */
  notice = '';
  /** The conversation and everything around it. */
  talk?: Talk;
  #meant = false;

  /** Whether a visitor has the conversation before them. */
  get shown(): boolean {
    return !!this.opening && (!/popup|float/.test(this.mode!) || !!this.open);
  }

  override trigger(words: string): TemplateResult {
    const count = this.talk?.unread;
    return html`${icon('', bubble)} ${words}${count ? html`<b class="badge">${count}<span class="sr"> ${this.t('unread')}</span></b>` : ''}`;
  }

  protected override opened(data: unknown): void {
    this.hello = data as Hello;
    // What the page keeps free is what there is.
    this.frame.style.setProperty('--room', this.style.minHeight);
    // Whoever has written before goes on where they were.
    if (this.user || keptText()) this.need();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.open && this.shown) this.mean();
    if (this.talk && (changed.has('user') || changed.has('hash'))) this.talk.identify();
    if (changed.has('open')) this.talk?.look();
  }

  /** A visitor has come to write. */
  mean = (): void => {
    this.need();
    if (!this.#meant) this.emit('inlay:chat-opened');
    this.#meant = true;
  };

  async need(): Promise<Talk | undefined> {
    const parts = await next();
    if (parts && !this.talk) {
      this.talk = new parts.Talk(this);
      this.requestUpdate();
    }
    return this.talk;
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  #input({ target }: Event): void {
    const area = target as HTMLTextAreaElement;
    this.draft = area.value;
    area.style.height = '';
    area.style.height = `${area.scrollHeight + 2}px`;
    this.talk?.typed();
    this.requestUpdate();
  }

  async send(event?: Event): Promise<void> {
    event?.preventDefault();
    const text = this.draft.trim();
    if (!text) return;
    const talk = await this.need();
    this.notice = talk ? '' : this.t('problem.UNREACHABLE');
    if (talk) {
      this.draft = '';
      const area = this.frame.querySelector('textarea')!;
      area.style.height = '';
      // A button that has nothing to send keeps no focus.
      area.focus();
      talk.write(text);
    }
    this.requestUpdate();
  }

  /** Whether somebody is there, or when. */
  get state(): string {
    const { online, opensAt, replyMinutes: n } = this.hello;
    if (online)
      return n ? (n < 60 ? this.t('minutes', { n }) : this.t('hours', { n: Math.round(n / 60) })) : this.t('online');
    const options = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const;
    return opensAt
      ? this.t('opens', { when: new Date(opensAt).toLocaleString(this.language, options) })
      : this.t('away');
  }

  protected override content(): TemplateResult {
    const { t, hello, talk, notice } = this;
    return html`<section class="chat">
      <header>
        <h2 tabindex="-1">${hello.business.name}</h2>
        ${talk?.tools()}
        <small class=${hello.online ? 'state on' : 'state'}>${talk?.agent ? t('agent', { name: talk.agent }) : this.state}</small>
      </header>
      <div class="log" tabindex="0" role="group" aria-label=${t('log')}>
        <div>
          <p class="bubble" dir="auto">${hello.greeting || t(hello.online ? 'greeting' : 'greeting.away')}</p>
          ${talk?.render()}
        </div>
      </div>
      <p class="sr" aria-live="polite">${talk?.said}</p>
      ${notice ? html`<p class="notice" role="alert">${notice}</p>` : ''}
      <form class="composer" @focusin=${this.mean} @pointerenter=${this.need} @submit=${this.send}>
        <textarea rows="1" dir="auto" maxlength="4000" aria-label=${t('write')} placeholder=${t('write')} ?autofocus=${this.open} .value=${this.draft} @input=${this.#input} @keydown=${this.#key}></textarea>
        <button class="go" aria-label=${t('send')} ?disabled=${!this.draft.trim()}>${icon('', plane)}</button>
      </form>
    </section>`;
  }

  protected override skeleton(): TemplateResult {
    return html`<section class="chat"><header><i class="bone title"></i></header><div class="log"><i class="bone bubble"></i></div></section>`;
  }
}
