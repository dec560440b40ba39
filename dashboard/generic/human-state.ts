/** A record's state as a badge. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AnyRecord } from '../api/data-client.ts';
import { type EntityJson, humanise } from '../api/manifest-reader.ts';
import { toneOf } from './tone.ts';

/** Nothing for an entity without states. */
export const humanState = (entity: EntityJson, record: AnyRecord): TemplateResult | typeof nothing => {
  if (!entity.states) return nothing;
  const state = String(record[entity.states.field]);
  return html`<span class="badge ${toneOf(state)}">${humanise(state)}</span>`;
};
