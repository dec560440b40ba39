/** Warns of API keys that end soon or have ended. Nothing where none does. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ApiKey } from '../../schemas/protocol/index.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { t, tn } from '../strings/translate.ts';
import { keyEnds } from './key-expiry.ts';

/** In one sentence for each of the two. */
export const endsText = (keys: readonly ApiKey[], now: number): string => {
  const { soon, over } = keyEnds(keys, now);
  return [soon.length > 0 ? tn('keys.soon', soon.length) : '', over.length > 0 ? tn('keys.over', over.length) : '']
    .filter(Boolean)
    .join(' ');
};

/** @tag desk-key-notice */
export class KeyNotice extends DeskElement {
  static override properties = { clientId: { attribute: false } };
  declare clientId: string;
  readonly #keys = this.resource<ApiKey[]>(() =>
    this.clientId ? { key: `keys:${this.clientId}`, read: () => this.api.control.keys(this.clientId) } : null,
  );

  protected override render(): TemplateResult | typeof nothing {
    const text = endsText(this.#keys.value ?? [], Date.now());
    if (text === '') return nothing;
    return html`<p class="notice warn">${text} <a href=${`/clients/${this.clientId}/keys`}>${t('keys.see')}</a></p>`;
  }
}
