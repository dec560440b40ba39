/** Tells the desk what the visitor has seen and whether they write, and no more often than it helps. */
import { pageNow } from '../../kit/page-clock.ts';
import type { Talk } from './talk.ts';

/** Milliseconds between two words that somebody is still writing. */
const again = 4000;
/** Milliseconds without a key after which nobody is. */
const idle = 6000;

export class Presence {
  readonly #talk: Talk;
  #typing = false;
  #pressed = 0;
  #toldTyping = 0;
  #busy = false;
  #waiting = false;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  typed(typing: boolean): void {
    this.#pressed = pageNow();
    const due = typing ? this.#pressed - this.#toldTyping >= again : this.#typing;
    this.#typing = typing;
    if (due) this.tell();
  }

  /** A message says it itself. */
  sent(): void {
    this.#typing = false;
    this.#toldTyping = 0;
  }

  tick(): void {
    if (!this.#typing || pageNow() - this.#pressed < idle) return;
    this.#typing = false;
    this.tell();
  }

  async tell(): Promise<void> {
    const { token, read, host } = this.#talk;
    if (!token) return;
    if (this.#busy) {
      this.#waiting = true;
      return;
    }
    this.#busy = true;
    const typing = this.#typing;
    this.#toldTyping = typing ? pageNow() : 0;
    await host.client!.call('presence', { token, seen: read, typing }, { write: true });
    this.#busy = false;
    if (this.#waiting) {
      this.#waiting = false;
      this.tell();
    }
  }
}
