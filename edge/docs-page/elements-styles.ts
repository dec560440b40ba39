/** The look of /docs/elements: the tokens that elements stand on, light and dark, and the page around them. */
export const elementsStyles = `
:root{color-scheme:light dark;--ink:light-dark(#181b1f,#e8eaec);--paper:light-dark(#fff,#14181a);--accent:light-dark(oklch(.52 .11 200),oklch(.78 .1 200));--on-accent:light-dark(#fff,#0b1416);--accent-text:light-dark(oklch(.46 .11 200),oklch(.82 .1 200));--muted:light-dark(#5d646c,#a3abb1);--edge:light-dark(#848a92,#7b848b);--danger:light-dark(#b01c1c,#ff9a90);--radius:6px;--font:system-ui,sans-serif;--title-font:var(--font);--title-weight:600;--size:16px;--leading:1.5;--hairline:color-mix(in srgb,var(--ink) 14%,transparent);--wash:color-mix(in srgb,var(--accent-text) 14%,transparent);--ghost:color-mix(in srgb,var(--ink) 8%,transparent);--quick:160ms cubic-bezier(.2,0,0,1);--field-border:1px solid var(--edge);--field-padding:.6em .75em;--button-padding:.7em 1.2em}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
:root.plum{--accent:light-dark(oklch(.48 .16 330),oklch(.78 .12 330));--accent-text:light-dark(oklch(.45 .16 330),oklch(.82 .12 330))}
:root.moss{--accent:light-dark(oklch(.48 .11 130),oklch(.8 .12 130));--accent-text:light-dark(oklch(.44 .11 130),oklch(.84 .12 130))}
*{box-sizing:border-box}
html{scroll-padding-block-start:72px}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;font:15px/1.55 var(--font);color:var(--ink);background:var(--paper)}
a{color:var(--accent-text)}
:focus-visible{outline:2px solid var(--accent-text);outline-offset:2px}
.quiet{color:var(--muted)}
header{position:sticky;inset-block-start:0;z-index:1;display:flex;flex-wrap:wrap;gap:4px 28px;align-items:center;min-height:56px;padding:8px clamp(16px,3vw,32px);background:color-mix(in srgb,var(--paper) 92%,transparent);backdrop-filter:blur(8px);border-block-end:1px solid var(--hairline)}
header strong{flex:1;min-width:9em;font-size:16px}
fieldset{display:flex;gap:2px;margin:0;padding:2px;border:0;border-radius:8px;background:var(--ghost)}
legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
fieldset label{position:relative;padding:3px 12px;border-radius:6px;font-size:13px;cursor:pointer}
fieldset input{position:absolute;inset:0;margin:0;opacity:0;cursor:pointer}
fieldset label:has(:checked){background:var(--paper);box-shadow:0 1px 2px rgb(0 0 0/.16)}
fieldset label:has(:focus-visible){outline:2px solid var(--accent-text)}
.switch{display:flex;gap:6px;align-items:center;font-size:13px;cursor:pointer}
.switch input{accent-color:var(--accent);width:18px;height:18px;margin:0}
.columns{display:grid;grid-template-columns:15rem minmax(0,1fr);max-width:80rem;margin:0 auto}
nav{position:sticky;inset-block-start:57px;align-self:start;max-height:calc(100dvh - 57px);overflow-y:auto;padding:32px 16px 32px clamp(16px,3vw,32px);font-size:14px}
nav h2{margin:0 0 8px;font-size:13px;line-height:20px}
nav ul{list-style:none;margin:0 0 24px;padding:0}
nav a{display:block;padding:3px 10px;margin-inline-start:-10px;border-radius:6px;color:inherit;text-decoration:none}
nav a:hover{background:var(--ghost)}
main{padding:32px clamp(16px,4vw,56px) 120px}
h1{margin:0;font-size:30px;line-height:38px;letter-spacing:-.02em}
main>p{margin:4px 0 0;max-width:60ch}
main>section{padding-block:48px 8px}
main>section>h2{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;margin:0;font-size:20px;line-height:28px;letter-spacing:-.01em}
.tag{font-size:13px;font-weight:400;color:var(--muted);text-decoration:none}
.tag:hover{color:var(--accent-text)}
main>section>p{margin:4px 0 0;max-width:68ch}
.stage{position:relative;margin-block-start:20px;padding:28px;border:1px solid var(--hairline);border-radius:10px 10px 0 0;font-size:16px;line-height:1.5}
.stage>*{max-width:34rem;--inlay-accent:var(--accent)}
.stage button:not([role]){font:inherit;font-weight:500;color:inherit;padding:.5em .9em;border:1px solid var(--edge);border-radius:var(--radius);background:none;cursor:pointer}
.stage button:not([role]):hover{background:var(--wash)}
.stage p{margin:0 0 .6em}
.snippet{position:relative;border:1px solid var(--hairline);border-block-start:0;border-radius:0 0 10px 10px;background:var(--ghost)}
pre{margin:0;padding:14px 84px 14px 18px;overflow-x:auto;font:12.5px/20px ui-monospace,SFMono-Regular,Menlo,monospace;direction:ltr;text-align:left}
.copy{position:absolute;inset-block-start:8px;right:8px;font:inherit;font-size:13px;color:inherit;padding:4px 12px;border:1px solid var(--hairline);border-radius:6px;background:var(--paper);cursor:pointer}
.copy:hover{border-color:var(--edge)}
table{width:100%;margin-block-start:24px;border-collapse:collapse;font-size:14px;line-height:20px}
caption{padding-block-end:6px;font-weight:600;text-align:start}
tr{border-block-start:1px solid var(--hairline)}
th,td{padding:8px 16px 8px 0;text-align:start;vertical-align:top;font-weight:400}
th{width:11rem}
td:nth-child(2):not(:last-child){width:15rem;color:var(--muted)}
code{font:12.5px/20px ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
@media (max-width:800px){.columns{grid-template-columns:minmax(0,1fr)}nav{display:none}header{gap:6px 12px}header strong{flex-basis:100%}html{scroll-padding-block-start:112px}.stage{padding:20px 16px}th{width:auto}tr{display:grid;grid-template-columns:auto 1fr;gap:0 12px;padding-block:8px}th,td{padding:0}td:nth-child(2):not(:last-child){width:auto}td:last-child{grid-column:1/-1}table,tbody,caption{display:block}}
@media (max-width:800px){pre{padding:52px 18px 14px}}
@media (max-width:430px){fieldset label{padding-inline:8px}}
`;
