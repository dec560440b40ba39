/** What is being written: a reply or a note, each clearly the one it is, and canned replies by "/". */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatInbox } from './chat-inbox.ts';
import { draftOf } from './drafts.ts';
import type { Canned, Opened } from './screen-api.ts';
import { t } from './words.ts';

/** Those that fit what was typed after the stroke; undefined where none was asked for. */
export const cannedFor = (canned: readonly Canned[], text: string): readonly Canned[] | undefined => {
  const asked = /^\/([\w-]*)$/.exec(text)?.[1]?.toLowerCase();
  if (asked === undefined) return undefined;
  const begins = canned.filter(({ shortcut }) => shortcut.startsWith(asked));
  const holds = canned.filter(one => !begins.includes(one) && one.text.toLowerCase().includes(asked));
  return [...begins, ...holds].slice(0, 8);
};

export const composer = (el: ChatInbox, { conversation: { id } }: Opened): TemplateResult => {
  const { text, note } = draftOf(id);
  const found = note ? undefined : cannedFor(el.canned, text);
  const at = found?.length ? Math.min(el.cannedAt, found.length - 1) : -1;
  const take = (one: Canned) => el.draft({ text: one.text, note });
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (found?.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      el.cannedAt = (at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
    } else if (found?.length && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      event.preventDefault();
      take(found[at]!);
    } else if (event.key === 'Escape' && found) {
      event.stopPropagation();
      el.draft({ text: '', note });
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      el.send();
    }
  };
  const kind = (which: boolean, word: string) =>
    html`<button type="button" class="chip" aria-pressed=${note === which} @click=${() => {
      el.draft({ text, note: which });
      el.write();
    }}>${t(word)}</button>`;
  const word = t(note ? 'write.note' : 'write.reply');
  return html`<form class="composer ${note ? 'note' : ''}" @submit=${(event: Event) => {
    event.preventDefault();
    el.send();
  }}>
    ${
      found
        ? html`<div class="canned" id="canned" role="listbox" aria-label=${t('canned')}>
            ${found.map((one, i) => html`<div role="option" id=${`canned-${i}`} aria-selected=${i === at} @click=${() => take(one)}><b>/${one.shortcut}</b> <span class="muted clip">${one.text}</span></div>`)}
            ${found.length ? nothing : html`<p class="muted small" role="option" aria-selected="false">${t('canned.none')}</p>`}
          </div>`
        : nothing
    }
    <div class="chips" role="group" aria-label=${t('kind')}>${kind(false, 'reply')}${kind(true, 'note')}${note ? html`<span class="small">${t('noteSeen')}</span>` : nothing}</div>
    <div class="row-end">
      <textarea rows="2" maxlength="4000" aria-label=${word} placeholder=${word} .value=${text} aria-controls=${found ? 'canned' : nothing} aria-activedescendant=${at >= 0 ? `canned-${at}` : nothing}
        @input=${(event: Event) => el.draft({ text: (event.target as HTMLTextAreaElement).value, note })} @keydown=${key}></textarea>
      <button class="primary" ?disabled=${!text.trim()}>${t(note ? 'send.note' : 'send')}</button>
    </div>
  </form>`;
};
