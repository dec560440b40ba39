/** A mail's content and its two forms: plain text, and HTML that is calm on a phone and in the dark. */
import { escapeHtml } from './escape-html.ts';

/** `at` is a time in the reader's words. */
export interface Said {
  readonly who: string;
  readonly at: string;
  readonly text: string;
}

export interface Page {
  readonly language: string;
  readonly title: string;
  readonly lead: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  /** What somebody wrote, line breaks and all. */
  readonly quote?: string;
  /** Who said what, in order. */
  readonly talk?: readonly Said[];
  readonly button?: { readonly label: string; readonly url: string } | undefined;
  readonly sender: string;
}

export const plainText = ({ title, lead, rows, quote, talk = [], button, sender }: Page): string =>
  [
    title,
    '',
    lead,
    '',
    ...(rows.length > 0 ? [...rows.map(([label, value]) => `${label}: ${value}`), ''] : []),
    ...(quote ? [quote, ''] : []),
    ...talk.flatMap(({ who, at, text }) => [`${who}, ${at}`, text, '']),
    ...(button ? [`${button.label}: ${button.url}`, ''] : []),
    sender,
    '',
  ].join('\n');

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";

const row = ([label, value]: readonly [string, string]): string =>
  `<tr><td style="padding-block:6px;padding-inline-end:16px;color:#6b7280;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td><td style="padding:6px 0">${escapeHtml(value)}</td></tr>`;

const quoted = (text: string): string =>
  `<p style="margin:0 0 24px;padding-inline-start:16px;border-inline-start:2px solid #9ca3af;white-space:pre-wrap">${escapeHtml(text)}</p>`;

const said = ({ who, at, text }: Said): string =>
  `<p style="margin:0 0 16px"><span style="color:#6b7280;font-size:14px">${escapeHtml(who)}, ${escapeHtml(at)}</span><br><span style="white-space:pre-wrap">${escapeHtml(text)}</span></p>`;

const table = (rows: Page['rows']): string =>
  `<table role="presentation" style="border-collapse:collapse;margin:0 0 24px;font-size:16px">
${rows.map(row).join('\n')}
</table>`;

const link = ({ label, url }: NonNullable<Page['button']>): string =>
  `<p style="margin:0 0 32px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 18px;border:1px solid #6b7280;border-radius:8px;color:inherit;text-decoration:none">${escapeHtml(label)}</a></p>`;

/** One column of at most 520 pixels; styles are inline because many mail readers drop the rest. */
export const html = ({
  language,
  title,
  lead,
  rows,
  quote,
  talk = [],
  button,
  sender,
}: Page): string => `<!doctype html>
<html lang="${escapeHtml(language)}"${language === 'ar' ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin:0;padding:24px 16px;${font};font-size:16px;line-height:1.5">
<div style="max-width:520px;margin:0 auto">
<h1 style="margin:0 0 8px;font-size:22px;line-height:1.3;font-weight:600">${escapeHtml(title)}</h1>
<p style="margin:0 0 20px">${escapeHtml(lead)}</p>
${[
  ...(rows.length > 0 ? [table(rows)] : []),
  ...(quote ? [quoted(quote)] : []),
  ...talk.map(said),
  ...(button ? [link(button)] : []),
].join('\n')}
<p style="margin:0;color:#6b7280;font-size:14px">${escapeHtml(sender)}</p>
</div>
</body>
</html>
`;
