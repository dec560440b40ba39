/** Who writes: address, page, clock, labels, earlier conversations, and the way to block. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../kit/desk/icon.ts';
import { time } from '../../kit/format.ts';
import type { ChatInbox } from './chat-inbox.ts';
import { nameOf } from './list-pane.ts';
import type { Opened } from './screen-api.ts';
import { shortly } from './times.ts';
import { locale, t } from './words.ts';

const fact = (word: string, value: unknown) => html`<div><dt>${t(word)}</dt><dd>${value}</dd></div>`;

const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** A page's address as it may be followed; anything but the web is shown and no more. */
const pageLink = ({ url, title }: { readonly url: string; readonly title?: string | null }): unknown =>
  /^https?:\/\//i.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${title || url}</a>`
    : title || url;

const labels = (el: ChatInbox, { conversation }: Opened): TemplateResult => {
  const set = (next: readonly string[]) => el.change('label', { labels: next }, { labels: next });
  const add = (event: Event) => {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('label') as HTMLInputElement;
    const label = input.value.trim();
    if (label && !conversation.labels.includes(label)) set([...conversation.labels, label]);
    input.value = '';
  };
  return html`<h3>${t('labels')}</h3>
    <div class="row">${conversation.labels.map(
      label =>
        html`<span class="label">${label}<button class="plain" aria-label=${t('removeLabel', { label })} @click=${() => set(conversation.labels.filter(one => one !== label))}>${icon('close')}</button></span>`,
    )}</div>
    <form @submit=${add}><input name="label" maxlength="40" aria-label=${t('addLabel')} placeholder=${t('addLabel')} /></form>`;
};

const block = (el: ChatInbox, { conversation }: Opened): TemplateResult => {
  if (conversation.blocked)
    return html`<p><span class="badge full tone-danger">${t('blocked')}</span></p>
      <button @click=${() => el.change('block', { blocked: false }, { blocked: false }, t('unblockedNow'))}>${t('unblock')}</button>`;
  if (!el.asking) return html`<button class="danger" @click=${() => el.ask(true)}>${t('block')}…</button>`;
  const yes = () => {
    el.ask(false);
    el.change('block', { blocked: true }, { blocked: true, status: 'resolved' }, t('blockedNow'));
  };
  return html`<div class="ask" role="group" aria-label=${t('block.ask')}>
    <strong>${t('block.ask')}</strong><p>${t('block.text')}</p>
    <div class="actions"><button class="danger primary" @click=${yes}>${t('block.yes')}</button><button @click=${() => el.ask(false)}>${t('block.no')}</button></div>
  </div>`;
};

export const visitorPane = (el: ChatInbox, talk: Opened): TemplateResult => {
  const { visitor, conversation } = talk;
  const { email } = conversation.visitor;
  const { zone } = el.client;
  return html`<aside class="visitor-pane" aria-label=${t('about')} tabindex="-1">
    <button class="plain back narrow-only" @click=${() => el.turn('talk')}>${icon('chevron-start')}${t('backTalk')}</button>
    <h2>${nameOf(conversation)}</h2>
    <dl>
      ${email ? fact('email', html`<a href=${`mailto:${email}`}>${email}</a>`) : nothing}
      ${visitor.page ? fact('page', pageLink(visitor.page)) : nothing}
      ${visitor.locale ? fact('language', languageName(visitor.locale)) : nothing}
      ${visitor.zone ? fact('clock', `${time(locale, visitor.zone, new Date(el.now).toISOString())}, ${visitor.zone.replaceAll('_', ' ')}`) : nothing}
      ${conversation.rating ? fact('rating', t('stars', { n: conversation.rating })) : nothing}
    </dl>
    <div class="part">${labels(el, talk)}</div>
    <div class="part"><h3>${t('past')}</h3>
      ${visitor.past.length ? html`<ul>${visitor.past.map(one => html`<li><button class="link" @click=${() => el.choose(one.id)}>#${one.number}</button> <span class="muted small">${shortly(zone, one.at, el.now)}</span></li>`)}</ul>` : html`<p class="muted">${t('noPast')}</p>`}
    </div>
    <div class="part">${block(el, talk)}</div>
    <details class="part wide-only"><summary>${t('keys')}</summary>
      <ul class="keys">${[
        ['J', 'K', 'jk'],
        ['R', '', 'r'],
        ['N', '', 'n'],
        ['E', '', 'e'],
        ['S', '', 's'],
      ].map(
        ([one, two, word]) =>
          html`<li><kbd>${one}</kbd> ${two ? html`<kbd>${two}</kbd>` : nothing} ${t(`keys.${word}`)}</li>`,
      )}</ul>
    </details>
  </aside>`;
};
