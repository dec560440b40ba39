/** Whether a page of the website has the widgets: what the pages themselves have asked for, and what to do where nothing shows. */
import { css, html, type TemplateResult } from 'lit';
import type { RefusedOrigin, SiteOrigin } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { formatInstant } from '../generic/format-value.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { t } from '../strings/translate.ts';

const help = [
  'embed.check.publish',
  'embed.check.address',
  'embed.check.whole',
  'embed.check.blocker',
  'embed.check.console',
] as const;

/**
 * @tag desk-site-seen
 * @event look - The pages are to be asked about again.
 */
export class SiteSeen extends DeskElement {
  static override styles = [
    DeskElement.styles,
    css`
      :host { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
      ul { margin: 0; padding-inline-start: 20px; display: grid; gap: 8px; }
      summary { cursor: pointer; inline-size: fit-content; }
      details[open] summary { margin-block-end: 8px; }
      .notice { flex-wrap: nowrap; }
      .notice > svg { flex: none; }
      .notice > span { min-inline-size: 0; overflow-wrap: anywhere; }
      .seen > svg { color: var(--accent); }
    `,
  ];
  static override properties = {
    zone: { attribute: false },
    origins: { attribute: false },
    refused: { attribute: false },
  };
  /** IANA zone of the site. */
  declare zone: string;
  declare origins: readonly SiteOrigin[];
  declare refused: readonly RefusedOrigin[];

  /** The latest word of the pages: of one that showed a widget, or of one that was refused since. */
  #state(): TemplateResult {
    const when = (at: string) => formatInstant(at, this.zone);
    const seen = this.origins.filter(({ lastAt }) => lastAt).sort((a, b) => b.lastAt!.localeCompare(a.lastAt!))[0];
    const refused = this.refused[0];
    if (refused && !(seen && seen.lastAt! > refused.lastAt))
      return html`<p class="notice warn">${icon('alert')}<span>${t('embed.check.refused', { origin: refused.origin, when: when(refused.lastAt) })}</span></p>`;
    if (seen)
      return html`<p class="notice seen">${icon('check')}<span>${t('embed.check.seen', { origin: seen.origin, when: when(seen.lastAt!) })}</span></p>`;
    return html`<p class="notice">${t(this.origins[0] ? 'embed.check.none' : 'embed.check.noAddress')}</p>`;
  }

  protected override render(): TemplateResult {
    return html`<h3>${t('embed.check')}</h3>
      <div role="status">${this.#state()}</div>
      <div><button @click=${() => this.dispatchEvent(new CustomEvent('look'))}>${t('embed.check.again')}</button></div>
      <details><summary>${t('embed.check.help')}</summary><ul>${help.map(key => html`<li>${t(key)}</li>`)}</ul></details>`;
  }
}
