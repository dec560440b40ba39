/** What can be chosen: given by a property, or by `<option>` children as in a native select. */

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

/** The children's choices, where there are some. */
export const choicesIn = (element: Element): readonly Choice[] =>
  [...element.querySelectorAll('option')].map(({ value, label, disabled }) => ({ value, label, disabled }));

/** Lower case without accents, so that "c" finds "Č". */
export const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
