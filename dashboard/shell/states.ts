/** The states besides content: skeleton, empty, error. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../widgets/kit/desk/icon.ts';
import type { ApiProblem } from '../api/problem.ts';
import { t } from '../strings/translate.ts';

/** What happened, in words for the person at the desk. */
export const problemText = (problem: ApiProblem): string => {
  if (problem.code === 'NETWORK') return t('problem.network');
  if (problem.status === 404) return t('problem.notFound');
  if (problem.status === 403) return t('problem.forbidden');
  if (problem.status === 429) return t('problem.tooMany');
  if (problem.status >= 500) return t('problem.server');
  return problem.message;
};

export const errorState = (problem: ApiProblem, retry?: () => void): TemplateResult => html`
  <div class="notice error" role="alert">
    ${icon('alert')}
    <div>
      <p>${problemText(problem)}</p>
      ${problem.details.traceId ? html`<p class="small muted">${t('problem.trace', { id: problem.details.traceId })}</p>` : nothing}
    </div>
    ${retry ? html`<button @click=${retry}>${t('again')}</button>` : nothing}
  </div>
`;

export interface Empty {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly action?: TemplateResult | typeof nothing;
}

export const emptyState = (empty: Empty): TemplateResult => html`
  <div class="empty">
    ${icon(empty.icon)}
    <h2>${empty.title}</h2>
    <p class="muted">${empty.text}</p>
    ${empty.action ? html`<div class="actions">${empty.action}</div>` : nothing}
  </div>
`;

const widths = [62, 48, 71, 55, 66, 43];

/** Rows in the shape of a table that is on its way. */
export const skeletonRows = (columns: number, rows = 6): TemplateResult => html`
  <tbody aria-hidden="true">
    ${Array.from(
      { length: rows },
      (_, row) => html`<tr>
      ${Array.from({ length: columns }, (_, column) => html`<td><span class="bone" .style=${`inline-size:${widths[(row + column) % widths.length]}%`}></span></td>`)}
    </tr>`,
    )}
  </tbody>
`;

export const skeletonLines = (lines = 4): TemplateResult => html`
  <div class="section" aria-hidden="true">
    ${Array.from({ length: lines }, (_, line) => html`<span class="bone" .style=${`inline-size:${widths[line % widths.length]}%`}></span>`)}
  </div>
`;

/** An address that leads nowhere. */
export const missingPage = (action?: TemplateResult): TemplateResult => html`
  <div class="page">
    <h1 tabindex="-1">${t('missing.title')}</h1>
    ${emptyState({ icon: 'search', title: t('missing.heading'), text: t('missing.text'), ...(action ? { action } : {}) })}
  </div>
`;
