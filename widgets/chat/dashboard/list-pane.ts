/** The conversations: which ones, a search, and a line for each with what it waits for. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../kit/desk/icon.ts';
import { time } from '../../kit/format.ts';
import type { ChatInbox } from './chat-inbox.ts';
import { type Filter, filters } from './inbox-data.ts';
import type { Conversation } from './screen-api.ts';
import { shortly, span } from './times.ts';
import { locale, t } from './words.ts';

export const nameOf = ({ visitor, number }: Pick<Conversation, 'visitor' | 'number'>): string =>
  visitor.name || visitor.email || t('someone', { number });

/** What a conversation waits for, in words; a colour is never alone. */
const waiting = ({ waitingSince, dueAt, snoozedUntil, status }: Conversation, zone: string, now: number) => {
  if (status === 'snoozed' && snoozedUntil)
    return html`<span class="badge half tone-accent">${t('until', { time: `${shortly(zone, snoozedUntil, now)}${Date.parse(snoozedUntil) - now > 864e5 ? `, ${time(locale, zone, snoozedUntil)}` : ''}` })}</span>`;
  if (status !== 'open' || !waitingSince) return nothing;
  const left = dueAt ? Date.parse(dueAt) - now : Number.NaN;
  if (left < 0) return html`<span class="badge full tone-danger">${t('overdue', { time: span(-left) })}</span>`;
  if (left < 3600e3) return html`<span class="badge half tone-warn">${t('due', { time: span(left) })}</span>`;
  return html`<span class="badge">${t('waits', { time: span(now - Date.parse(waitingSince)) })}</span>`;
};

const line = (el: ChatInbox, one: Conversation): TemplateResult => {
  const { zone } = el.client;
  const chosen = one.id === el.data.chosen;
  const { priority, assignee, unread, labels, last } = one;
  return html`<li>
    <button class="one ${unread ? 'new' : ''}" data-id=${one.id} aria-current=${chosen ? 'true' : nothing} tabindex=${chosen || (!el.data.chosen && el.data.list![0] === one) ? 0 : -1} @click=${() => el.choose(one.id)}>
      <span class="top"><strong class="clip">${nameOf(one)}</strong><time class="small muted number" datetime=${last.at}>${shortly(zone, last.at, el.now)}</time></span>
      <span class="top"><span class="clip grow">${last.kind === 'agent' ? t('you') : ''}${last.text}</span>${unread ? html`<b class="count" role="img" aria-label=${t('unread', { n: unread })}>${unread}</b>` : nothing}</span>
      <span class="marks small">${waiting(one, zone, el.now)}
        ${priority === 'high' || priority === 'urgent' ? html`<span class="badge full ${priority === 'urgent' ? 'tone-danger' : 'tone-warn'}">${t(priority)}</span>` : nothing}
        ${labels.map(label => html`<span class="label">${label}</span>`)}
        ${assignee ? html`<span class="muted clip" title=${t('assignee', { name: assignee.name })}>${icon('person')}${assignee.name}</span>` : nothing}</span>
    </button>
  </li>`;
};

const empty = (el: ChatInbox): TemplateResult => {
  const { q, filter } = el.data;
  const key = q ? 'found' : filter;
  return html`<div class="empty">${icon(q ? 'search' : 'check')}<h2>${t(`empty.${key}`, { q })}</h2><p class="muted">${t(`empty.${key}Text`)}</p></div>`;
};

export const listPane = (el: ChatInbox): TemplateResult => {
  const { data } = el;
  const { list, counts, filter, q, next } = data;
  const chip = (name: Filter) => {
    const n = counts && name !== 'resolved' ? counts[name] : undefined;
    return html`<button class="chip" aria-pressed=${!q && filter === name} @click=${() => el.filter(name)}>${t(name)}${n === undefined ? nothing : html` <span class="number">${n}</span>`}</button>`;
  };
  return html`<section class="list-pane" aria-label=${t('list')}>
    <header><h1 tabindex="-1">${t('title')}</h1>
      <input type="search" aria-label=${t('search')} placeholder=${t('search')} .value=${q} @input=${(event: Event) => el.search((event.target as HTMLInputElement).value)} />
      <div class="chips" role="group" aria-label=${t('filters')}>${filters.map(chip)}</div>
    </header>
    <div class="scroll" aria-busy=${!list && !data.failed}>
      ${
        data.failed === 'list'
          ? html`<div class="notice error" role="alert">${icon('alert')}<div>${data.offline ? t('offline') : t('failed')}</div><button @click=${() => data.load()}>${t('again')}</button></div>`
          : !list
            ? [1, 2, 3, 4].map(
                () => html`<div class="ghost" aria-hidden="true"><i class="bone"></i><i class="bone"></i></div>`,
              )
            : list.length === 0
              ? empty(el)
              : html`<ul @keydown=${el.walk}>${list.map(one => line(el, one))}</ul>
                ${next ? html`<button class="plain further" @click=${() => data.load(true)}>${t('more')}</button>` : nothing}`
      }
    </div>
  </section>`;
};
