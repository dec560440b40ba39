/** What a visitor does to a control, for tests. */
import type { Control } from './test-control.ts';

/** The element that a control's label points to, or another of its shadow tree. */
export const part = <T extends HTMLElement = HTMLInputElement>(control: Control, selector = '#control'): T =>
  control.shadowRoot.querySelector<T>(selector)!;

/** Types over what is there, and leaves. */
export const fillIn = (control: Control, text: string, leave = true, selector?: string): void => {
  const input = part(control, selector);
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  if (leave) input.dispatchEvent(new Event('change', { bubbles: true }));
};

/** Every match in a shadow tree and in those within it. */
export const deep = <T extends HTMLElement = HTMLInputElement>(root: ParentNode, selector: string): T[] => [
  ...root.querySelectorAll<T>(selector),
  ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? deep<T>(shadowRoot, selector) : [])),
];

export const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));

/** What is said to be wrong. */
export const errorOf = (control: Control): string => part(control, '#error').textContent!.trim();
