/** `/dev/mail`: what the outbox holds, for the demo and for work on templates. Never mounted outside demo mode. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { Problem } from '../../schemas/errors/index.ts';
import type { MailOutbox, SentMail } from '../../schemas/ports/index.ts';
import type { AppContext, AppEnv } from '../http/env.ts';

const policy = (styles: string) =>
  `default-src 'none'; style-src ${styles}; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

const css = `:root{color-scheme:light dark;--line:color-mix(in oklab,CanvasText 12%,Canvas)}*{box-sizing:border-box}body{margin:0;font:14px/20px system-ui,sans-serif;background:Canvas;color:CanvasText}main{max-width:56rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:20px;line-height:28px;font-weight:600;margin:0 0 1.25rem}a{color:inherit}ul{list-style:none;margin:0;padding:0}li{border-top:1px solid var(--line);padding:.75rem 0;display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.125rem 1rem}li:last-child{border-bottom:1px solid var(--line)}.quiet{color:color-mix(in oklab,CanvasText 62%,Canvas)}time{font-variant-numeric:tabular-nums}iframe{width:100%;height:34rem;border:1px solid var(--line);border-radius:8px;background:#fff}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1.25rem}dt{color:color-mix(in oklab,CanvasText 62%,Canvas)}dd{margin:0}pre{white-space:pre-wrap;overflow-wrap:anywhere}`;

const when = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 19);

export function mailViewRoutes(outbox: MailOutbox): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const find = async (c: AppContext): Promise<SentMail> => {
    const mail = await outbox.find(c.req.param('key') ?? '');
    if (!mail) throw Problem.of('NOT_FOUND');
    return mail;
  };

  routes.get('/dev/mail.css', c => c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  routes.get('/dev/mail.json', async c => c.json({ data: await outbox.list() }));
  routes.get('/dev/mail', async c => {
    const mails = await outbox.list();
    const rows = mails.map(
      mail =>
        html`<li><a href="/dev/mail/${encodeURIComponent(mail.key)}">${mail.subject}</a><time>${when(mail.sentAt)} UTC</time><span class="quiet">${mail.to.name ?? ''} ${mail.to.address}</span></li>`,
    );
    const list =
      mails.length > 0 ? html`<ul>${rows}</ul>` : html`<p class="quiet">No mail yet. Book a time and look again.</p>`;
    return page(c, 'Mail', html`<h1>Mail, ${String(mails.length)} sent</h1>${list}`);
  });
  routes.get('/dev/mail/:key', async c => {
    const mail = await find(c);
    const base = `/dev/mail/${encodeURIComponent(mail.key)}`;
    const files = (mail.attachments ?? []).map(
      (file, index) => html`<a href="${base}/attachments/${String(index)}">${file.filename}</a> `,
    );
    return page(
      c,
      mail.subject,
      html`<p><a href="/dev/mail">All mail</a></p><h1>${mail.subject}</h1>
<dl><dt>To</dt><dd>${mail.to.name ?? ''} &lt;${mail.to.address}&gt;</dd><dt>From</dt><dd>${mail.from.name ?? ''} &lt;${mail.from.address}&gt;</dd><dt>Attached</dt><dd>${files}</dd></dl>
<iframe title="The mail" sandbox src="${base}/html"></iframe><h2>As text</h2><pre>${mail.text}</pre>`,
    );
  });
  routes.get('/dev/mail/:key/html', async c => {
    const mail = await find(c);
    return c.html(mail.html, 200, { 'Content-Security-Policy': `${policy("'unsafe-inline'")}; sandbox` });
  });
  routes.get('/dev/mail/:key/attachments/:index', async c => {
    const mail = await find(c);
    const file = mail.attachments?.[Number(c.req.param('index'))];
    if (!file) throw Problem.of('NOT_FOUND');
    return c.body(file.content, 200, {
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename="${file.filename.replaceAll(/[^\w.-]/g, '_')}"`,
    });
  });
  return routes;
}

function page(c: AppContext, title: string, body: ReturnType<typeof html>): Response | Promise<Response> {
  return c.html(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/dev/mail.css"></head><body><main>${body}</main></body></html>`,
    200,
    { 'Content-Security-Policy': policy("'self'") },
  );
}
