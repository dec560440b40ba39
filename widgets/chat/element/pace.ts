/** When the panel asks for what is new: soon after something happened, slower and slower in quiet. */

/** Milliseconds after the last message or keystroke. */
export const soonest = 2000;
const slowest = 20_000;
/** While the panel is closed. */
const closed = 45_000;

export class Pace {
  #pause = soonest;
  #asked = Number.NEGATIVE_INFINITY;

  /** Epoch milliseconds of the next question. */
  due(shown: boolean): number {
    return this.#asked + (shown ? this.#pause : closed);
  }

  /** A message came or went, or a key was pressed. */
  stir(): void {
    this.#pause = soonest;
  }

  /** Nothing has been asked yet, as far as this goes. */
  now(): void {
    this.#asked = Number.NEGATIVE_INFINITY;
  }

  /** An answer has come. */
  answered(at: number, news: boolean): void {
    this.#asked = at;
    this.#pause = news ? soonest : Math.min(this.#pause * 1.4, slowest);
  }
}
