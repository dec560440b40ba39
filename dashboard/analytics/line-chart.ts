/** A line over time from zero, with the period before it as a faint line, and the same numbers as a table. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { base } from '../../widgets/kit/desk/base.ts';
import { t } from '../strings/translate.ts';
import { table } from '../styles/table.ts';
import { count, longDate, shortCount, shortDate } from './period.ts';

export interface Point {
  /** A date. */
  readonly at: string;
  /** The last date that it stands for. */
  readonly until: string;
  readonly value: number;
  /** Of the period before. */
  readonly before: number;
}

/** The next round number that is four whole steps high: nobody comes half. */
const ceiling = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 4)));
  return [1, 2, 3, 4, 6, 8, 10, 12, 20].map(step => step * power).find(top => top >= most && top % 4 === 0)!;
};

/** @tag desk-line-chart */
export class LineChart extends LitElement {
  static override styles = [
    base,
    table,
    css`
      .plot { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 12px; }
      .scale { display: flex; flex-direction: column; justify-content: space-between; text-align: end; margin-block: -10px; color: var(--muted); font-size: 0.75rem; line-height: 1.25rem; font-variant-numeric: tabular-nums; }
      .area { position: relative; block-size: 220px; touch-action: pan-y; }
      .area > svg { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; overflow: visible; }
      .area:dir(rtl) > svg { transform: scaleX(-1); }
      .grid { stroke: var(--hairline); stroke-width: 1; vector-effect: non-scaling-stroke; }
      .line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
      .fill { fill: var(--accent); opacity: 0.09; }
      .past { fill: none; stroke: var(--edge); stroke-width: 1.5; stroke-dasharray: 2 4; stroke-linecap: round; vector-effect: non-scaling-stroke; }
      .mark { position: absolute; inset-block: 0; border-inline-start: 1px solid var(--edge); pointer-events: none; }
      .mark::after { content: ''; position: absolute; inset-block-start: var(--y); inset-inline-start: -5px; inline-size: 9px; block-size: 9px; margin-block-start: -5px; border-radius: 50%; background: var(--accent); border: 2px solid var(--paper); box-sizing: border-box; }
      .dates { grid-column: 2; display: flex; justify-content: space-between; color: var(--muted); font-size: 0.75rem; line-height: 1.25rem; }
      .readout { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; min-block-size: 20px; font-size: 0.8125rem; color: var(--muted); margin-block-end: 16px; }
      .readout strong { color: var(--ink); font-variant-numeric: tabular-nums; }
      .key::before { content: ''; display: inline-block; inline-size: 16px; border-block-start: 2px solid var(--accent); vertical-align: middle; margin-inline-end: 6px; }
      .key.old::before { border-block-start: 2px dotted var(--edge); }
      details { margin-block-start: 12px; }
      summary { cursor: pointer; color: var(--accent-text); font-size: 0.8125rem; inline-size: fit-content; }
      .scroll { max-block-size: 320px; overflow: auto; margin-block-start: 8px; }
      @media (max-width: 720px) { .area { block-size: 168px; } }
      @media (forced-colors: active) {
        .grid { stroke: CanvasText; opacity: 0.3; }
        .line { stroke: CanvasText; }
        .fill { fill: none; }
        .past { stroke: CanvasText; }
        .mark::after { forced-color-adjust: none; background: Highlight; border-color: Canvas; }
      }
    `,
  ];
  static override properties = { points: { attribute: false }, label: {}, at: { state: true } };
  declare points: readonly Point[];
  declare label: string;
  /** Position of the one that is pointed at. */
  declare at: number | null;

  constructor() {
    super();
    this.points = [];
    this.label = '';
    this.at = null;
  }

  #point(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const from = getComputedStyle(this).direction === 'rtl' ? 1 - across : across;
    this.at = Math.max(0, Math.min(this.points.length - 1, Math.round(from * (this.points.length - 1))));
  }

  protected override render() {
    const { points, at } = this;
    const top = ceiling(Math.max(...points.map(({ value, before }) => Math.max(value, before)), 0));
    const last = Math.max(1, points.length - 1);
    const y = (value: number) => 100 - (value / top) * 100;
    const line = (values: readonly number[]) =>
      values.map((value, index) => `${index ? 'L' : 'M'}${(index / last) * 100} ${y(value)}`).join('');
    const own = line(points.map(({ value }) => value));
    const shown = at === null ? undefined : points[at];
    const steps = [4, 3, 2, 1, 0].map(step => (top / 4) * step);
    return html`
      <p class="readout" aria-hidden="true">${
        shown
          ? html`<span>${longDate(shown.at, shown.until)}</span><span class="key"><strong>${count(shown.value)}</strong></span><span class="key old"><strong>${count(shown.before)}</strong></span>`
          : html`<span class="key">${this.label}</span><span class="key old">${t('analytics.before')}</span>`
      }</p>
      <div class="plot" role="img" aria-label=${this.label}>
        <div class="scale">${steps.map(value => html`<span>${shortCount(value)}</span>`)}</div>
        <div class="area" @pointermove=${this.#point} @pointerdown=${this.#point} @pointerleave=${() => (this.at = null)}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            ${steps.map(value => svg`<line class="grid" x1="0" x2="100" y1=${y(value)} y2=${y(value)} />`)}
            <path class="past" d=${line(points.map(({ before }) => before))} />
            <path class="fill" d=${`${own}L100 100L0 100Z`} /><path class="line" d=${own} />
          </svg>
          ${shown ? html`<span class="mark" .style=${`inset-inline-start:${(at! / last) * 100}%;--y:${y(shown.value)}%`}></span>` : nothing}
        </div>
        <div class="dates" aria-hidden="true">${[0, Math.floor(last / 2), last].map(index => html`<span>${points[index] ? shortDate(points[index].at) : ''}</span>`)}</div>
      </div>
      <details><summary>${t('analytics.asTable')}</summary><div class="scroll" tabindex="0" role="region" aria-label=${this.label}><table>
        <thead><tr><th scope="col">${t('analytics.date')}</th><th scope="col" class="number">${this.label}</th><th scope="col" class="number">${t('analytics.before')}</th></tr></thead>
        <tbody>${points.map(point => html`<tr><td>${longDate(point.at, point.until)}</td><td class="number">${count(point.value)}</td><td class="number">${count(point.before)}</td></tr>`)}</tbody>
      </table></div></details>`;
  }
}
