/** One conversation: what can be done with it, what was said, and what is being written. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../kit/desk/icon.ts';
import { menu } from '../../kit/desk/menu.ts';
import { dateIn, time } from '../../kit/format.ts';
import type { ChatInbox } from './chat-inbox.ts';
import { composer } from './composer.ts';
import type { Outgoing } from './inbox-data.ts';
import { nameOf } from './list-pane.ts';
import { type Message, type Opened, priorities } from './screen-api.ts';
import { dayWord, snoozes } from './times.ts';
import { locale, t } from './words.ts';

const bar = (el: ChatInbox, { conversation }: Opened): TemplateResult => {
  const { status, assignee, priority } = conversation;
  const give = (id: string | undefined, name: string) =>
    el.change(
      'assign',
      id ? { member: id } : {},
      { assignee: id ? { id, name } : null },
      id ? t('assigned', { name }) : '',
    );
  const people = el.people.map(({ id, name }) => ({
    label: name,
    checked: id === assignee?.id,
    run: () => give(id, name),
  }));
  return html`<header class="talk-bar">
    <button class="plain icon-only narrow-only" aria-label=${t('back')} @click=${() => el.turn('list')}>${icon('chevron-start')}</button>
    <div class="grow"><h2 class="clip" tabindex="-1">${nameOf(conversation)}</h2>
      <p class="small muted clip">#${conversation.number} · ${assignee ? t('assignee', { name: assignee.name }) : t('unassigned')}</p></div>
    <div class="actions">
      ${assignee || status === 'resolved' ? nothing : html`<button class="primary" @click=${() => el.claim()}>${t('claim')}</button>`}
      ${menu({ id: 'assign', label: t('assign'), button: html`${icon('person')}<span class="word">${t('assign')}</span>`, atEnd: true, items: [...people, { label: t('unassign'), checked: !assignee, run: () => give(undefined, '') }] })}
      ${menu({
        id: 'priority',
        label: `${t('priority')}: ${t(priority)}`,
        button: html`${icon('filter')}<span class="word">${t(priority)}</span>`,
        atEnd: true,
        items: priorities.map(one => ({
          label: t(one),
          checked: one === priority,
          run: () => el.change('label', { priority: one }, { priority: one }),
        })),
      })}
      ${
        status === 'resolved'
          ? html`<button @click=${() => el.finish()}>${t('reopen')}</button>`
          : html`${menu({ id: 'snooze', label: t('snooze'), button: html`${icon('clock')}<span class="word">${t('snooze')}</span>`, atEnd: true, items: snoozes(el.client.zone, el.now).map(({ key, until }) => ({ label: t(key), run: () => el.change('snooze', { until }, { status: 'snoozed', snoozedUntil: until }, t('away')) })) })}
            <button aria-label=${t('resolve')} @click=${() => el.finish()}>${icon('check')}<span class="word">${t('resolve')}</span></button>`
      }
      <button class="plain icon-only visitor-button" aria-label=${t('about')} aria-expanded=${el.pane === 'visitor'} @click=${() => el.turn(el.pane === 'visitor' ? 'talk' : 'visitor')}>${icon('more')}</button>
    </div>
  </header>`;
};

const sayings = (el: ChatInbox, { conversation, messages, seen = 0, typing, more }: Opened): TemplateResult => {
  const { zone } = el.client;
  let date = '';
  const waiting = el.data.outbox.filter(one => one.conversation === conversation.id);
  const lastOwn = messages.findLast(({ kind }) => kind === 'agent');
  const dayLine = (at: string) => {
    const next = dateIn(zone, Date.parse(at));
    if (next === date) return nothing;
    date = next;
    return html`<li class="day"><span>${dayWord(date, zone, el.now)}</span></li>`;
  };
  const said = (message: Message) => {
    const { kind, text, at, author } = message;
    const when = html`<time class="number" datetime=${at}>${time(locale, zone, at)}</time>`;
    if (kind === 'activity') return html`${dayLine(at)}<li class="day">${text} · ${when}</li>`;
    return html`${dayLine(at)}<li class="said ${kind}">
      <p class="small muted">${kind === 'note' ? html`<b>${t('note')}</b> · ` : nothing}${kind === 'visitor' ? nameOf(conversation) : author?.name} · ${when}</p>
      <p class="text" dir="auto">${text}</p>
      ${kind === 'note' ? html`<p class="small muted">${t('noteSeen')}</p>` : message === lastOwn && message.seq <= seen ? html`<p class="small muted">${t('seen')}</p>` : nothing}
    </li>`;
  };
  const unsent = ({ text, note, failed, clientId }: Outgoing) => html`<li class="said ${note ? 'note' : 'agent'}">
      <p class="text" dir="auto">${text}</p>
      <p class="small" role="status">${failed ? html`<span class="danger">${t('notSent')}</span> <button class="link" @click=${() => el.data.write(conversation.id, text, note, clientId)}>${t('again')}</button>` : html`<span class="muted">${t('sending')}</span>`}</p>
    </li>`;
  return html`<div class="log" tabindex="0" role="log" aria-label=${t('log')}><div>
    ${more ? html`<p class="day"><button class="link" @click=${() => el.data.earlier()}>${t('earlier')}</button></p>` : nothing}
    <ol>${messages.map(said)}${waiting.map(unsent)}</ol>
    ${typing ? html`<p class="small muted typing">${t('typing', { name: nameOf(conversation) })}</p>` : nothing}
  </div></div>`;
};

export const talkPane = (el: ChatInbox): TemplateResult => {
  const { data } = el;
  const { talk } = data;
  if (!data.chosen)
    return html`<section class="talk-pane none"><div class="empty">${icon('mail')}<h2>${t('choose')}</h2><p class="muted">${t('chooseText')}</p></div></section>`;
  if (!talk)
    return html`<section class="talk-pane"><header class="talk-bar"><button class="plain icon-only narrow-only" aria-label=${t('back')} @click=${() => el.turn('list')}>${icon('chevron-start')}</button></header>
      ${
        data.failed === 'talk'
          ? html`<div class="notice error" role="alert">${icon('alert')}<div>${data.offline ? t('offline') : t('failedTalk')}</div><button @click=${() => data.open(data.chosen!)}>${t('again')}</button></div>`
          : html`<div class="log" aria-busy="true"><div aria-hidden="true">${[60, 40, 70].map((width, i) => html`<i class="bone said ${i === 1 ? 'agent' : ''}" .style=${`inline-size:${width}%`}></i>`)}</div></div>`
      }</section>`;
  return html`<section class="talk-pane" aria-label=${nameOf(talk.conversation)}>
    ${bar(el, talk)}
    ${data.offline ? html`<p class="notice warn" role="status">${icon('alert')}${t('offline')}</p>` : nothing}
    ${sayings(el, talk)}
    ${composer(el, talk)}
  </section>`;
};
