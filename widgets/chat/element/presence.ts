/** Tells the other side that somebody writes, and that they have stopped, no more often than it helps; for the visitor and for the desk. */
import { pageNow } from '../../kit/page-clock.ts';

/** Milliseconds between two words that somebody is still writing; half of what one is good for. */
const again = 4000;
/** Milliseconds without a key after which nobody is. */
const idle = 6000;

export class Presence {
  /** Undefined where there is nobody to tell. */
  readonly #say: (typing: boolean) => Promise<unknown> | undefined;
  #typing = false;
  #pressed = 0;
  #toldTyping = 0;
  #busy = false;
  #waiting = false;

  constructor(say: (typing: boolean) => Promise<unknown> | undefined) {
    this.#say = say;
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

  /** Says how it stands; one word at a time, and the last one is said. */
  async tell(): Promise<void> {
    if (this.#busy) {
      this.#waiting = true;
      return;
    }
    const saying = this.#say(this.#typing);
    if (!saying) return;
    this.#busy = true;
    this.#toldTyping = this.#typing ? pageNow() : 0;
    await saying;
    this.#busy = false;
    if (this.#waiting) {
      this.#waiting = false;
      this.tell();
    }
  }
}
