/** Tables whose rows carry a bar as long as their share: pages, referrers, devices, the steps of a funnel, and how fast pages are. */
import { html, nothing, type TemplateResult } from 'lit';
import type {
  AnalyticsFunnel,
  AnalyticsMetric,
  AnalyticsReport,
  AnalyticsVital,
} from '../../schemas/protocol/index.ts';
import { en } from '../strings/en.ts';
import { type StringKey, t } from '../strings/translate.ts';
import { count, decimal, percent, shortCount } from './period.ts';

const bar = (share: number) =>
  html`<span class="bar" .style=${`inline-size:${Math.max(0, Math.min(1, share)) * 100}%`}></span>`;

const OTHER = '(other)';

export interface Breakdown {
  readonly title: string;
  readonly report: AnalyticsReport;
  /** Columns, the first of which the bars show. */
  readonly metrics: readonly AnalyticsMetric[];
  /** What a key is called; `(other)` has its own words. */
  readonly name: (key: string) => string;
}

export const breakdown = ({ title, report, metrics, name }: Breakdown): TemplateResult => {
  const [first] = metrics as [AnalyticsMetric];
  const told = report.rows.filter(({ values }) => metrics.some(metric => values[metric]));
  // What is left over is no value to compare with, however much it is.
  const rows = [...told.filter(({ key }) => key !== OTHER), ...told.filter(({ key }) => key === OTHER)];
  const most = Math.max(...rows.map(({ values }) => values[first] ?? 0), 1);
  return html`<section class="card"><h2>${title}</h2>
    ${
      rows.length === 0
        ? html`<p class="muted">${t('analytics.nothing')}</p>`
        : html`<table class="bars"><thead><tr><th scope="col"><span class="sr">${title}</span></th>${metrics.map(metric => html`<th scope="col">${t(`analytics.${metric}` as StringKey)}</th>`)}</tr></thead>
      <tbody>${rows.map(
        ({
          key = '',
          values,
        }) => html`<tr><th scope="row">${bar((values[first] ?? 0) / most)}<span class="clip" title=${key || nothing}><bdi>${key === OTHER ? t('analytics.other') : name(key)}</bdi></span></th>
          ${metrics.map(metric => html`<td class="number" title=${t(`analytics.${metric}` as StringKey)}>${values[metric] === null ? '' : shortCount(values[metric] ?? 0)}</td>`)}</tr>`,
      )}</tbody></table>`
    }</section>`;
};

/** `booking-held` -> `Booking held`. */
const spoken = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

export const funnelTable = ({ label, steps }: AnalyticsFunnel): TemplateResult => {
  const most = Math.max(...steps.map(step => step.count), 1);
  const first = steps[0]?.count ?? 0;
  return html`<section class="card wide"><h2>${t('analytics.funnel.of', { label })}</h2>
    <table class="bars funnel"><thead class="none"><tr><th scope="col"><span class="sr">${t('analytics.step')}</span></th><th scope="col"><span class="sr">${t('analytics.count')}</span></th><th scope="col"><span class="sr">${t('analytics.share')}</span></th></tr></thead>
    <tbody>${steps.map(
      step => html`<tr><th scope="row">${bar(step.count / most)}<span class="clip">${step.kind === 'step' ? spoken(step.name) : t(`analytics.${step.kind}` as StringKey)}</span></th>
        <td class="number">${count(step.count)}</td><td class="number muted">${first ? percent(step.count / first) : ''}</td></tr>`,
    )}</tbody></table></section>`;
};

/** What went wrong in words; a module's own codes as they are. */
export const errorName = (code: string): string =>
  `analytics.error.${code}` in en ? t(`analytics.error.${code}` as StringKey) : code;

/** Bounds of good and poor, as web.dev has them; a widget's own after our target. */
const bounds: Readonly<Record<AnalyticsVital['name'], readonly [good: number, poor: number]>> = {
  lcp: [2500, 4000],
  inp: [200, 500],
  cls: [0.1, 0.25],
  ready: [1500, 3000],
};

const measured = ({ name, p75 }: AnalyticsVital): string => {
  if (name === 'cls') return decimal(p75, 2);
  return p75 < 1000 ? t('analytics.ms', { n: decimal(p75, 0) }) : t('analytics.s', { n: decimal(p75 / 1000, 1) });
};

const order: readonly AnalyticsVital['name'][] = ['lcp', 'inp', 'cls', 'ready'];

export const vitalFacts = (vitals: readonly AnalyticsVital[], labels: ReadonlyMap<string, string>): TemplateResult =>
  html`<section class="card wide"><div><h2>${t('analytics.speed')}</h2><p class="muted small">${t('analytics.speedText')}</p></div>
    <dl class="facts">${[...vitals]
      .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
      .map(vital => {
        const [good, poor] = bounds[vital.name];
        const grade = vital.p75 <= good ? 'good' : vital.p75 <= poor ? 'fair' : 'poor';
        const tone = { good: 'ok', fair: 'warn', poor: 'danger' }[grade];
        return html`<div><dt>${t(`analytics.${vital.name}`)}${vital.widget ? `: ${labels.get(vital.widget) ?? vital.widget}` : ''}</dt>
          <dd><span class="figure">${measured(vital)}</span> <span class="badge full tone-${tone}">${t(`analytics.${grade}`)}</span></dd></div>`;
      })}</dl></section>`;
