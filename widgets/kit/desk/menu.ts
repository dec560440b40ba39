/** A button with a menu below it: native popover, so it closes by Escape and by a click elsewhere. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  readonly danger?: boolean;
  /** Of an item that is one of several states. */
  readonly checked?: boolean;
  readonly run: () => void;
}

interface Menu {
  /** Unique in its root. */
  readonly id: string;
  readonly button: TemplateResult;
  /** Said in place of the button's content. */
  readonly label: string;
  readonly class?: string;
  /** Ends where the button ends. */
  readonly atEnd?: boolean;
  readonly items: readonly MenuItem[];
}

const moved: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const opened = (event: Event): void => {
  const popup = event.currentTarget as HTMLElement;
  if ((event as ToggleEvent).newState === 'open') popup.querySelector<HTMLElement>('button')?.focus();
};

const key = (event: KeyboardEvent): void => {
  const step = moved[event.key];
  if (!step) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button')];
  const index = buttons.indexOf(event.target as HTMLElement);
  event.preventDefault();
  // Whatever holds the menu may use the same keys.
  event.stopPropagation();
  buttons[step(index, buttons.length)]?.focus();
};

/** Its root needs `base` of the styles. */
export const menu = ({ id, button, label, class: look = '', atEnd, items }: Menu): TemplateResult => html`
  <button class=${look} popovertarget=${id} aria-haspopup="menu" aria-label=${label} .style=${`anchor-name:--${id}`}>${button}</button>
  <div popover class="popup ${atEnd ? 'at-end' : ''}" role="menu" aria-label=${label} id=${id} .style=${`position-anchor:--${id}`} @toggle=${opened} @keydown=${key}>
    ${items.map(
      item => html`<button class="plain ${item.danger ? 'danger' : ''}" role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked=${item.checked ?? nothing}
        @click=${(event: Event) => {
          (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')?.hidePopover();
          item.run();
        }}>${item.icon ? icon(item.icon) : nothing}<span class="grow">${item.label}</span>${item.checked ? icon('check') : nothing}</button>`,
    )}</div>`;
