/** A line the size of a word, from zero, whose end is marked. The numbers beside it speak. */
import { html, svg, type TemplateResult } from 'lit';

const width = 96;
const height = 24;
/** Room for the stroke and the mark. */
const edge = 3;

export const sparkline = (values: readonly number[]): TemplateResult => {
  const most = Math.max(...values, 1);
  const x = (index: number) => edge + (index / Math.max(1, values.length - 1)) * (width - 2 * edge);
  const y = (value: number) => height - edge - (value / most) * (height - 2 * edge);
  const line = values
    .map((value, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  const last = values.length - 1;
  return html`<svg class="spark ${values.some(value => value > 0) ? '' : 'flat'}" viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">${svg`<path d=${line} /><circle cx=${x(last)} cy=${y(values[last] ?? 0)} r="2" />`}</svg>`;
};
