/** How many: a number between two buttons. */
import { html, type TemplateResult } from 'lit';
import type { Words } from '../../kit/words.ts';

export interface Stepper {
  readonly t: Words;
  /** What it counts. */
  readonly name: string;
  readonly value: number;
  readonly most: number;
  onChange(value: number): void;
}

const digits = /\d+/;

export const stepper = ({ t, name, value, most, onChange }: Stepper): TemplateResult => {
  // At an end its button keeps the focus, which one that is disabled would lose.
  const set = (wanted: number) => onChange(Math.max(1, Math.min(most, wanted)));
  const typed = (event: Event) => {
    const input = event.target as HTMLInputElement;
    set(+(digits.exec(input.value)?.[0] ?? value));
    input.value = `${Math.max(1, Math.min(most, +(digits.exec(input.value)?.[0] ?? value)))}`;
  };
  return html`<div class="stepper" role="group" aria-label=${t('quantity.of', { name })}>
    <button type="button" aria-label=${t('quantity.less')} aria-disabled=${value <= 1} @click=${() => set(value - 1)}>−</button>
    <input inputmode="numeric" maxlength="2" autocomplete="off" aria-label=${t('quantity')} .value=${`${value}`} @change=${typed} />
    <span class="sr" aria-live="polite">${value}</span>
    <button type="button" aria-label=${t('quantity.more')} aria-disabled=${value >= most} @click=${() => set(value + 1)}>+</button>
  </div>`;
};
