/** A step that is one choice of several. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../../kit/icons.ts';

export interface Choice {
  readonly name: string;
  readonly about?: string | null | undefined;
  readonly aside?: unknown;
  onPick(): void;
}

/** `notice` says what went wrong on the way here; `onMeant` hears that a pointer or the focus comes to the choices. */
export const choiceList = (
  title: string,
  choices: readonly Choice[],
  notice = '',
  onMeant?: () => unknown,
): TemplateResult =>
  html`<section>
    <h2 tabindex="-1">${title}</h2>
    ${notice && html`<p class="notice" role="alert">${notice}</p>`}
    <ul class="rows" @pointerenter=${onMeant} @focusin=${onMeant}>
      ${choices.map(
        ({ name, about, aside, onPick }) => html`<li>
          <button class="row" @click=${onPick}>
            <span class="main"><b>${name}</b><small>${about}</small></span>
            ${aside}${icon('next')}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
