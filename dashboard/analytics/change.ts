/** How a figure compares with the period before: an arrow and a share, spoken in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../strings/translate.ts';
import { percent } from './period.ts';

/** `isWorse` where more is worse, as of bounces. */
export const change = (value: number | null, past: number | null, isWorse = false): TemplateResult | typeof nothing => {
  if (value === null || past === null || (value === 0 && past === 0)) return nothing;
  if (value === past) return html`<span class="change" title=${t('analytics.same')}>±0</span>`;
  if (past === 0) return html`<span class="change" title=${t('analytics.new')}>${t('analytics.isNew')}</span>`;
  const share = percent(Math.abs(value - past) / past);
  const isMore = value > past;
  const said = t(isMore ? 'analytics.more' : 'analytics.less', { change: share });
  const tone = isMore === isWorse ? 'down' : 'up';
  return html`<span class="change ${tone}" title=${said}><span aria-hidden="true">${isMore ? '↑' : '↓'} ${share}</span><span class="sr">${said}</span></span>`;
};
