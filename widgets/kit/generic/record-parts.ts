/** How the fields of a record are written: text, dates, links, rich text of blocks; nothing of it is ever read as HTML. */
import { html, type TemplateResult } from 'lit';
import type { Inline, RichBlock, ShownPart, ShownRecord } from '../../../schemas/protocol/widget.ts';

const run = (part: Inline): unknown => {
  if (typeof part === 'string') return part;
  if ('href' in part) return html`<a href=${part.href} rel="noopener">${part.text}</a>`;
  return part.as === 'b' ? html`<b>${part.text}</b>` : html`<i>${part.text}</i>`;
};

const block = ({ list, lines }: RichBlock): TemplateResult =>
  list
    ? html`<ul class="dots">${lines.map(line => html`<li>${line.map(run)}</li>`)}</ul>`
    : html`<p>${lines.map((line, i) => html`${i ? html`<br />` : ''}${line.map(run)}`)}</p>`;

/** The value of one field. */
export const partOf = ({ text, time, href, rich }: ShownPart): unknown => {
  if (rich) return rich.map(block);
  if (href) return html`<a href=${href} rel="noopener">${text}</a>`;
  return time ? html`<time datetime=${time}>${text}</time>` : text;
};

/** In a line, the most important first. */
export const partsLine = ({ parts }: ShownRecord): unknown =>
  parts.map((part, i) => html`${i ? ' ' : ''}<span>${partOf(part)}</span>`);

/** With their labels; long text has no need of one. */
export const partsList = ({
  parts,
}: ShownRecord): TemplateResult => html`${parts.map(part => (part.rich ? partOf(part) : ''))}
  <dl>${parts.map(part => (part.rich ? '' : html`<div><dt>${part.label}</dt><dd>${partOf(part)}</dd></div>`))}</dl>`;

const hide = (event: Event) => (event.target as HTMLElement).remove();

/** A picture that cannot be had leaves no gap. */
export const imageOf = ({ image }: ShownRecord): unknown =>
  image ? html`<img src=${image} alt="" loading="lazy" @error=${hide} />` : '';
