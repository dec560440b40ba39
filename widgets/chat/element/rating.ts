/** One to five stars and perhaps a word, once a conversation has ended. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../../kit/icons.ts';
import type { Since } from './chat-types.ts';
import type { Talk } from './talk.ts';

const star = 'm10 2.500 2.300 4.800 5.200.7-3.800 3.600 1 5.200L10 14.300l-4.700 2.500 1-5.200L2.500 8l5.200-.7z';

export class Rating {
  readonly #talk: Talk;
  open = false;
  #score = 0;
  #comment = '';
  #busy = false;
  #thanked = false;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  take({ canRate, rating }: Since): void {
    const open = canRate && !rating && !this.#thanked;
    if (open && !this.open) this.#talk.said = this.#talk.host.t('rate');
    this.open = open;
    if (!canRate) this.#thanked = false;
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    const { host, token } = this.#talk;
    if (this.#busy) return;
    this.#busy = true;
    host.notice = '';
    const comment = this.#comment.trim();
    const input = { token, score: this.#score, ...(comment && { comment }) };
    const reply = await host.client!.call('rate', input, { write: true });
    this.#busy = false;
    if (reply.ok) {
      this.#thanked = true;
      this.open = false;
      this.#talk.said = host.t('rated');
    } else host.notice = host.explain(reply.error);
    this.#talk.end();
    host.requestUpdate();
  }

  render(): TemplateResult | '' {
    const { host } = this.#talk;
    const { t } = host;
    if (this.#thanked) return html`<p class="day">${t('rated')}</p>`;
    if (!this.open) return '';
    const pick = (score: number) => {
      this.#score = score;
      host.requestUpdate();
    };
    return html`<form class="card" @submit=${(event: Event) => this.#send(event)}>
      <p id="rate">${t('rate')}</p>
      <div class="stars" role="radiogroup" aria-labelledby="rate">
        ${[1, 2, 3, 4, 5].map(
          n =>
            html`<label class=${n <= this.#score ? 'full' : ''}><input type="radio" name="score" aria-label=${t('stars', { n })} .checked=${n === this.#score} @change=${() => pick(n)} />${icon('', star)}</label>`,
        )}
      </div>
      ${
        this.#score
          ? html`<textarea rows="2" maxlength="1000" aria-label=${t('comment')} placeholder=${t('comment')} @input=${({
              target,
            }: Event) => {
              this.#comment = (target as HTMLTextAreaElement).value;
            }}></textarea>
            <button class="go" aria-busy=${this.#busy}>${t('rate.send')}</button>`
          : ''
      }
    </form>`;
  }
}
