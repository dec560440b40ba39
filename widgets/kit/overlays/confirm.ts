/** Asks before something that cannot be taken back. */
import { html, render } from 'lit';
import { define } from '../define.ts';
import { Dialog } from './dialog.ts';
import { overlayStyles } from './overlay-styles.ts';

export interface Question {
  readonly title: string;
  /** What will be lost. */
  readonly text: string;
  /** Words of the two buttons. */
  readonly yes: string;
  readonly no: string;
  readonly danger?: boolean;
}

/**
 * True when the visitor agreed; Escape and every other way out is a no. The dialog stands in `root`, which is a shadow root of the
 * asker's or an element in one, and is gone afterwards; the focus is back where it was.
 */
export const confirm = (
  root: ShadowRoot | HTMLElement,
  { title, text, yes, no, danger }: Question,
): Promise<boolean> => {
  define('inlaykit-dialog', Dialog);
  const dialog = document.createElement('inlaykit-dialog') as Dialog;
  const inner = document.createElement('div');
  const shadow = inner.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [overlayStyles.styleSheet!];
  dialog.append(inner);
  dialog.label = title;
  dialog.shut = no;
  dialog.small = true;
  return new Promise(resolve => {
    let agreed = false;
    const end = (answer: boolean) => {
      agreed = answer;
      dialog.open = false;
    };
    render(
      html`<p>${text}</p><br /><div class="row"><button class=${danger ? 'go danger' : 'go'} type="button" @click=${() => end(true)}>${yes}</button>
        <button class="plain" type="button" autofocus @click=${() => end(false)}>${no}</button></div>`,
      shadow,
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(agreed);
    });
    root.append(dialog);
    dialog.open = true;
  });
};
