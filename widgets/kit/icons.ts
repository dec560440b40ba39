/** Icons: strokes of 1.5 px on a grid of 20 px, in the text's colour. */
import { html, type TemplateResult } from 'lit';

const paths = {
  back: 'M12.5 4.5 7 10l5.5 5.5',
  next: 'M7.5 4.5 13 10l-5.5 5.5',
  shut: 'm5 5 10 10M15 5 5 15',
  check: 'm4 10.5 4 4 8-9',
};

/** An icon beside words that say the same, so hidden from assistive technology; `path` of one that is not among these. */
export const icon = (name: keyof typeof paths | '', path = paths[name as keyof typeof paths]): TemplateResult =>
  html`<svg class="icon ${name}" viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;
