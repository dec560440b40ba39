/** Three panes beside each other, two where it is narrower, one on a phone. */
import { css } from 'lit';
import { base } from '../../kit/desk/base.ts';

export const inboxStyles = [
  base,
  css`
    :host { block-size: 100dvh; container-type: inline-size; outline: none; }
    .screen { display: grid; grid-template-columns: 360px minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); block-size: 100%; }
    .screen.chosen { grid-template-columns: 360px minmax(0, 1fr) 288px; }
    h2 { outline: none; }
    input, textarea { font: inherit; color: inherit; background: var(--paper); inline-size: 100%; min-inline-size: 0; border: 1px solid var(--edge); border-radius: var(--radius); padding: 5px 10px; min-block-size: 34px; margin: 0; }
    :is(input, textarea)::placeholder { color: var(--muted); opacity: 1; }
    :is(input, textarea):focus-visible { outline-offset: -1px; }
    .chips { display: flex; gap: 4px; flex-wrap: wrap; align-items: center; }
    .chip { min-block-size: 28px; padding: 2px 10px; border-color: transparent; background: none; border-radius: 14px; font-weight: 500; color: var(--muted); }
    .chip[aria-pressed='true'] { background: var(--wash); color: var(--accent-text); font-weight: 600; }
    .chip .number { font-weight: 400; }

    .list-pane { display: grid; grid-template-rows: auto minmax(0, 1fr); border-inline-end: 1px solid var(--hairline); min-inline-size: 0; }
    .list-pane header { display: grid; gap: 12px; padding: 20px 16px 12px; border-block-end: 1px solid var(--hairline); }
    .list-pane .chips { margin-inline: -6px; }
    .list-pane .chips { flex-wrap: nowrap; gap: 0; overflow-x: auto; scrollbar-width: none; }
    .list-pane .chip { padding-inline: 7px; font-size: 0.8125rem; white-space: nowrap; flex: none; }
    .scroll { overflow-y: auto; }
    .scroll > .empty, .scroll > .notice { margin: 16px; }
    .one { display: grid; gap: 3px; grid-template-columns: minmax(0, 1fr); inline-size: 100%; padding: 12px 16px; border: 0; border-block-end: 1px solid var(--hairline); border-radius: 0; background: none; text-align: start; font-weight: 400; }
    .one:focus-visible { outline-offset: -2px; }
    .one[aria-current] { background: var(--wash); box-shadow: inset 3px 0 var(--accent); }
    .one[aria-current]:dir(rtl) { box-shadow: inset -3px 0 var(--accent); }
    .top { display: flex; gap: 8px; align-items: baseline; min-inline-size: 0; color: var(--muted); }
    .top strong { flex: 1; font-weight: 500; color: var(--ink); }
    .new strong, .new .top .clip { font-weight: 600; color: var(--ink); }
    .count { min-inline-size: 20px; padding-inline: 6px; border-radius: 10px; background: var(--accent); color: var(--on-accent); font-size: 0.75rem; line-height: 20px; text-align: center; font-weight: 600; }
    .marks { display: flex; gap: 2px 12px; flex-wrap: wrap; align-items: center; min-inline-size: 0; }
    .marks:empty { display: none; }
    .marks svg.icon { inline-size: 14px; block-size: 14px; margin-inline-end: 4px; vertical-align: -2px; }
    .label { display: inline-flex; align-items: center; gap: 2px; padding: 0 8px; border: 1px solid var(--hairline); border-radius: 10px; font-size: 0.75rem; line-height: 1.125rem; }
    .label button { min-block-size: 24px; inline-size: 24px; padding: 0; margin-inline-end: -8px; }
    .label svg.icon { inline-size: 12px; block-size: 12px; }
    .ghost { display: grid; gap: 10px; padding: 16px; border-block-end: 1px solid var(--hairline); }
    .ghost .bone:first-child { inline-size: 45%; }
    .further { margin: 12px 16px; }

    .talk-pane { display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; }
    .talk-pane.none { display: grid; place-items: center; }
    .talk-pane.none .empty { justify-items: center; text-align: center; }
    .talk-pane > .notice { margin: 12px 20px 0; }
    .talk-bar { display: flex; gap: 8px 12px; align-items: center; padding: 12px 20px; border-block-end: 1px solid var(--hairline); min-block-size: 61px; }
    .talk-bar .actions { flex-wrap: nowrap; }
    .talk-bar .icon { inline-size: 18px; block-size: 18px; }
    .log { flex: 1; min-block-size: 0; overflow-y: auto; display: flex; flex-direction: column-reverse; padding: 20px; outline-offset: -2px; overscroll-behavior: contain; }
    .log > div { margin-block-end: auto; inline-size: 100%; max-inline-size: 760px; margin-inline: auto; }
    .log ol { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
    .day { text-align: center; color: var(--muted); font-size: 0.8125rem; margin-block: 4px; }
    .said { display: grid; gap: 2px; justify-items: start; max-inline-size: 85%; }
    .said .text { padding: 8px 12px; border-radius: 14px; border-end-start-radius: 4px; background: var(--ghost); white-space: pre-wrap; overflow-wrap: anywhere; }
    .said.agent, .said.note { justify-self: end; justify-items: end; }
    .said.agent .text { background: var(--accent); color: var(--on-accent); border-radius: 14px; border-end-end-radius: 4px; }
    .said.note .text { background: var(--warn-soft); color: var(--ink); border: 1px dashed var(--warn); border-radius: 14px; border-end-end-radius: 4px; }
    .said.note b { color: var(--warn); }
    .bone.said { block-size: 40px; border-radius: 14px; margin-block-end: 16px; }
    .bone.said.agent { margin-inline-start: auto; }
    .typing { margin-block-start: 12px; }
    .composer { position: relative; display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); padding: 10px 20px 16px; border-block-start: 1px solid var(--hairline); }
    .composer.note { background: var(--warn-soft); }
    .composer.note textarea { border-color: var(--warn); }
    .composer.note .chip[aria-pressed='true'] { background: var(--paper); color: var(--warn); }
    .composer .chips { margin-inline-start: -10px; }
    .row-end { display: flex; gap: 8px; align-items: end; }
    textarea { flex: 1; resize: none; field-sizing: content; min-block-size: 56px; max-block-size: 200px; }
    .canned { position: absolute; inset-inline: 20px; inset-block-end: calc(100% - 4px); max-block-size: 260px; overflow-y: auto; padding: 4px; border: 1px solid var(--hairline); border-radius: 8px; background: var(--raised); box-shadow: var(--shadow); z-index: 2; }
    .canned > * { display: flex; gap: 12px; padding: 6px 10px; border-radius: 6px; cursor: pointer; min-inline-size: 0; }
    .canned b { flex: none; }
    .canned [aria-selected='true'] { background: var(--wash); }

    .visitor-pane { overflow-y: auto; padding: 20px; border-inline-start: 1px solid var(--hairline); display: grid; gap: 16px; align-content: start; grid-template-columns: minmax(0, 1fr); outline: none; }
    .visitor-pane h2 { overflow-wrap: anywhere; }
    dl { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
    dt { color: var(--muted); font-size: 0.8125rem; line-height: 1.25rem; }
    dd { overflow-wrap: anywhere; }
    .part { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); justify-items: start; border-block-start: 1px solid var(--hairline); padding-block-start: 16px; }
    .part form { inline-size: 100%; }
    .part .row:empty { display: none; }
    .ask { display: grid; gap: 12px; padding: 12px; border-radius: var(--radius); background: var(--danger-soft); }
    summary { cursor: pointer; color: var(--muted); }
    .keys { display: grid; gap: 6px; margin-block-start: 8px; }
    .told { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    .told.visible { position: fixed; inset-block-end: 24px; inset-inline-end: 24px; inline-size: auto; block-size: auto; clip-path: none; padding: 10px 16px; border-radius: 8px; border: 1px solid var(--hairline); background: var(--raised); box-shadow: var(--shadow); z-index: 8; max-inline-size: calc(100vw - 48px); }
    .narrow-only, .visitor-button { display: none; }
    @media (max-width: 860px) { :host { block-size: calc(100dvh - 49px); } }
    @container (max-width: 1080px) {
      .screen.chosen { grid-template-columns: 300px minmax(0, 1fr); }
      .word { display: none; }
      .visitor-button { display: inline-flex; }
      .screen:not(.visitor) .visitor-pane { display: none; }
      .screen.visitor .talk-pane { display: none; }
      .visitor-pane .narrow-only { display: inline-flex; justify-self: start; margin-inline-start: -12px; }
      .wide-only { display: none; }
    }
    @container (max-width: 720px) {
      .screen, .screen.chosen { grid-template-columns: minmax(0, 1fr); }
      .screen.list :is(.talk-pane, .visitor-pane), .screen.talk :is(.list-pane, .visitor-pane), .screen.visitor :is(.list-pane, .talk-pane) { display: none; }
      .list-pane, .visitor-pane { border: 0; }
      .narrow-only { display: inline-flex; }
      .talk-bar { padding: 8px 12px 8px 8px; flex-wrap: wrap; gap: 4px 8px; }
      .talk-bar .grow { flex: 1 1 120px; }
      .talk-bar .actions { gap: 4px; }
      .talk-bar .actions button { padding-inline: 10px; }
      .chip { min-block-size: 32px; }
      .log { padding: 16px; }
      .composer { padding: 8px 12px 12px; }
      .canned { inset-inline: 12px; }
      input, textarea { font-size: 1rem; min-block-size: 40px; }
    }
    @media (forced-colors: active) {
      .said .text, .chip[aria-pressed='true'], .one[aria-current] { border: 1px solid CanvasText; }
    }
  `,
];
