/** The day's grid: hours down, staff across; a plain list on a phone. */
import { css } from 'lit';
import { screenStyles } from './screen-styles.ts';

export const dayStyles = [
  screenStyles,
  css`
    :host { block-size: 100dvh; container-type: inline-size; outline: none; }
    .screen { display: grid; grid-template-rows: auto minmax(0, 1fr); block-size: 100%; }
    .bar { display: flex; gap: 8px 16px; align-items: center; flex-wrap: wrap; padding: 20px 24px 16px; border-block-end: 1px solid var(--hairline); }
    .bar > div:first-child { flex: 1 1 240px; }
    .bar button.turn { inline-size: 32px; padding: 0; }
    .bar input[type='date'] { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--hairline); border-radius: var(--radius); min-block-size: 32px; padding: 4px 8px; }
    .bar label { display: inline-flex; gap: 8px; align-items: center; }
    .bar input[type='checkbox'] { accent-color: var(--accent); inline-size: 16px; block-size: 16px; margin: 0; }
    .body { display: grid; grid-template-columns: minmax(0, 1fr); min-block-size: 0; }
    .body.split { grid-template-columns: minmax(0, 1fr) 336px; }
    inlay-booking-appointment { border-inline-start: 1px solid var(--hairline); min-block-size: 0; overflow: auto; animation: slide 160ms ease-out; }
    @keyframes slide { from { opacity: 0; transform: translateX(8px); } }
    .calendar { overflow: auto; position: relative; min-block-size: 0; outline-offset: -2px; }
    .grid { display: grid; grid-template-columns: 68px repeat(var(--columns), minmax(168px, 1fr)); grid-template-rows: auto calc(var(--hours) * var(--hour)); min-inline-size: max-content; --hour: 64px; padding-block-end: 16px; }
    .corner, .who { position: sticky; inset-block-start: 0; z-index: 3; background: var(--paper); border-block-end: 1px solid var(--hairline); padding: 8px 12px; min-block-size: 40px; }
    .corner { inset-inline-start: 0; z-index: 4; }
    .who { font-weight: 600; overflow-wrap: anywhere; }
    .who span { display: block; font-weight: 400; color: var(--muted); font-size: 0.8125rem; }
    .times { position: sticky; inset-inline-start: 0; z-index: 2; background: var(--paper); }
    .times span { position: absolute; inset-inline-end: 8px; inset-block-start: calc(var(--at) * var(--hour) - 8px); font-size: 0.75rem; line-height: 1rem; color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .times span:first-child { inset-block-start: 2px; }
    .column { position: relative; border-inline-start: 1px solid var(--hairline); background: repeating-linear-gradient(to bottom, var(--hairline) 0 1px, transparent 1px var(--hour)); }
    .appointment { position: absolute; inset-block-start: calc(var(--start) * var(--hour) / 60); block-size: calc(var(--length) * var(--hour) / 60 - 2px); inset-inline-start: calc(100% / var(--lanes) * var(--lane)); inline-size: calc(100% / var(--lanes) - 5px); margin-block-start: 1px; margin-inline-start: 2px; min-block-size: 0; padding: 3px 8px; display: flex; flex-direction: column; align-items: stretch; justify-content: flex-start; gap: 0; text-align: start; overflow: hidden; font-weight: 400; font-size: 0.8125rem; line-height: 1rem; border: 1px solid color-mix(in oklab, var(--tone) 35%, transparent); border-inline-start: 4px solid var(--tone); border-radius: 4px; background: color-mix(in oklab, var(--tone) 11%, var(--paper)); --tone: var(--muted); }
    .appointment.confirmed { --tone: var(--accent); }
    .appointment.pending { --tone: var(--warn); }
    .appointment.completed { --tone: var(--ok); }
    .appointment.noShow { --tone: var(--danger); }
    .appointment:hover { background: color-mix(in oklab, var(--tone) 18%, var(--paper)); }
    .appointment[aria-expanded='true'] { box-shadow: 0 0 0 2px var(--tone); z-index: 1; }
    .appointment:focus-visible { z-index: 1; outline-offset: 1px; }
    .appointment:is(.pending, .held) { border-style: dashed; border-inline-start-style: dashed; background: var(--paper); }
    .appointment.noShow { background: repeating-linear-gradient(135deg, color-mix(in oklab, var(--tone) 12%, var(--paper)) 0 6px, var(--paper) 6px 12px); }
    .appointment:is(.cancelled, .expired) { background: var(--paper); border-style: dotted; color: var(--muted); }
    .appointment:is(.cancelled, .expired) strong { text-decoration: line-through; }
    .appointment strong { font-weight: 600; }
    .appointment > span, .appointment > strong { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .appointment.tight { flex-direction: row; justify-content: flex-start; align-items: center; gap: 6px; padding-block: 0; }
    .appointment.tight strong { flex: 0 1 auto; }
    .appointment.tight .what { flex: 1 1 40%; }
    .appointment .what { font-size: 0.75rem; color: color-mix(in oklab, var(--ink) 78%, var(--paper)); }
    .now { position: absolute; inset-inline: 0; inset-block-start: calc(var(--at) * var(--hour) / 60); block-size: 0; border-block-start: 2px solid var(--danger); z-index: 1; pointer-events: none; }
    .times .now::before { content: ''; position: absolute; inset-inline-end: -5px; inset-block-start: -6px; inline-size: 10px; block-size: 10px; border-radius: 50%; background: var(--danger); }
    .list { padding: 0 16px 32px; overflow-y: auto; }
    .list li { border-block-end: 1px solid var(--hairline); }
    .list button { inline-size: 100%; display: grid; grid-template-columns: 76px minmax(0, 1fr) auto; gap: 2px 12px; padding: 12px 0; border: 0; border-radius: 0; background: none; text-align: start; justify-content: start; align-items: start; font-weight: 400; }
    .list .clock { font-variant-numeric: tabular-nums; font-weight: 600; }
    .list .names { overflow-wrap: anywhere; }
    .list strong { font-weight: 600; }
    .list .cancelled strong { text-decoration: line-through; }
    .notice { padding: 32px 24px; display: grid; gap: 8px; justify-items: start; align-content: start; background: none; }
    .hint { position: sticky; inset-inline-start: 0; padding: 12px 24px; color: var(--muted); border-block-end: 1px solid var(--hairline); }
    .bone { border-radius: 4px; background: var(--hairline); opacity: 0.6; animation: breathe 1.4s ease-in-out infinite alternate; border: 0; }
    @keyframes breathe { to { opacity: 0.3; } }
    .said { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    .said.visible { position: fixed; inset-block-end: 24px; inset-inline-end: 24px; inline-size: auto; block-size: auto; clip-path: none; padding: 10px 16px; border-radius: 8px; border: 1px solid var(--hairline); background: var(--raised, var(--paper)); box-shadow: var(--shadow); z-index: 8; max-inline-size: calc(100vw - 48px); }
    @media (max-width: 860px) { :host { block-size: calc(100dvh - 49px); } }
    @container (max-width: 900px) {
      .body.split { grid-template-columns: minmax(0, 1fr); }
      inlay-booking-appointment { position: fixed; z-index: 6; inset-block: 0; inset-inline-end: 0; inline-size: min(360px, 100vw); background: var(--raised, var(--paper)); box-shadow: var(--shadow); }
    }
    @container (max-width: 640px) {
      .bar { padding: 12px 16px; gap: 8px; }
      .bar h1 { font-size: 1.0625rem; line-height: 1.5rem; }
      .bar button.turn { inline-size: 40px; }
      .bar input[type='date'] { min-block-size: 40px; flex: 1; font-size: 1rem; }
      inlay-booking-appointment { inset-block: auto 0; inset-inline: 0; inline-size: auto; max-block-size: 85dvh; border-block-start: 1px solid var(--hairline); border-start-start-radius: 12px; border-start-end-radius: 12px; }
    }
    @media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
  `,
];
