/** The free times of one day, grouped by morning, afternoon and evening. */
import { html, type TemplateResult } from 'lit';
import { hour, time } from './format.ts';
import type { Words } from './words.ts';

export interface SlotList {
  readonly t: Words;
  readonly locale: string;
  readonly zone: string;
  /** Instants, RFC 3339, in order. */
  readonly slots: readonly string[];
  /** The slot that is being taken. */
  readonly taking?: string | undefined;
  onPick(slot: string): void;
}

const part = (hours: number) => (hours < 12 ? 'morning' : hours < 17 ? 'afternoon' : 'evening');

/** Where the clock goes back an hour comes twice; those times are shown with their zone. */
export const slotList = ({ t, locale, zone, slots, taking, onPick }: SlotList): TemplateResult[] => {
  const labels = slots.map(slot => time(locale, zone, slot));
  const groups = Object.groupBy(slots, slot => part(hour(zone, slot)));
  return Object.entries(groups).map(
    ([name, times = []]) => html`<div role="group" aria-labelledby=${name}>
      <h4 id=${name}>${t(`time.${name}`)}</h4>
      <div class="slots">
        ${times.map(slot => {
          const label = labels[slots.indexOf(slot)]!;
          const twice = labels.indexOf(label) !== labels.lastIndexOf(label);
          return html`<button class="slot" aria-busy=${slot === taking} aria-disabled=${!!taking} @click=${() => taking || onPick(slot)}>
            ${twice ? time(locale, zone, slot, true) : label}
          </button>`;
        })}
      </div>
    </div>`,
  );
};
