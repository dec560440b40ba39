/** The look of /docs: the desk's calm, in one small sheet. */
export const pageStyles = `
:root{color-scheme:light dark;--ink:light-dark(#1d2326,#e6eaeb);--quiet:light-dark(#5a666b,#9aa6aa);--paper:light-dark(#fff,#14191b);--wash:light-dark(#f5f7f7,#1b2224);--line:light-dark(#e1e6e7,#2a3336);--accent:light-dark(oklch(0.46 0.1 200),oklch(0.8 0.09 200))}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;font:14px/20px system-ui,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.frame{display:grid;grid-template-columns:minmax(12rem,15rem) minmax(0,1fr);min-height:100vh}
nav{padding:24px 20px;background:var(--wash);border-inline-end:1px solid var(--line)}
nav ul{list-style:none;margin:16px 0;padding:0}
nav li{margin:8px 0}
nav a{color:inherit;text-decoration:none}
nav a:hover{text-decoration:underline}
main{padding:32px clamp(16px,4vw,56px);max-width:64rem}
h1{font-size:20px;line-height:28px;margin:0 0 8px}
h2{font-size:16px;line-height:24px;margin:40px 0 4px}
p{margin:0 0 12px;max-width:68ch}
.quiet{color:var(--quiet)}
form{display:flex;flex-wrap:wrap;gap:8px;align-items:end;margin:16px 0}
label{display:grid;gap:4px;flex:1 1 18rem}
input,select,button{font:inherit;color:inherit;padding:7px 10px;border:1px solid var(--line);border-radius:6px;background:var(--paper);min-height:36px}
button{cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--paper)}
details{border-block-end:1px solid var(--line)}
summary{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:10px 4px;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
.method{font:600 12px/20px ui-monospace,monospace;min-width:4.5ch;color:var(--accent)}
.path{font:13px/20px ui-monospace,monospace;overflow-wrap:anywhere}
summary .quiet{margin-inline-start:auto}
.body{padding:0 4px 20px}
pre{margin:0 0 12px;padding:12px;overflow-x:auto;background:var(--wash);border-radius:6px;font:12.5px/19px ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
td{padding:6px 12px 6px 0;border-block-start:1px solid var(--line);vertical-align:top}
td:first-child{font-variant-numeric:tabular-nums;width:4rem}
[role=alert]{color:light-dark(#a4262c,#ff9b9b)}
@media (max-width:720px){.frame{grid-template-columns:minmax(0,1fr)}nav{border-inline-end:0;border-block-end:1px solid var(--line);padding:16px}main{padding:20px 16px}summary .quiet{margin-inline-start:0;flex-basis:100%}}
`;
