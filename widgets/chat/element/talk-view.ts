/** Messages by day and by author, what became of the last one, and what the conversation asks for. */
import { html, type TemplateResult } from 'lit';
import { dateIn, day, time } from '../../kit/format.ts';
import { icon } from '../../kit/icons.ts';
import { pageNow } from '../../kit/page-clock.ts';
import type { Message } from './chat-types.ts';
import { linked } from './links.ts';
import type { Talk } from './talk.ts';
import type { Outgoing } from './thread.ts';

type Line = Message | Outgoing;
interface Group {
  readonly kind: Message['kind'];
  readonly author: string;
  readonly date: string;
  readonly lines: Line[];
}

const minute = 60_000;
const envelope = 'M3 5h14v10.500H3zM3 6l7 5.500L17 6';
const arrived = (line: Line): line is Message => 'seq' in line;

/** Of one author, on one day, within five minutes. */
const groupsOf = (lines: readonly Line[], zone: string): readonly Group[] => {
  const groups: Group[] = [];
  for (const line of lines) {
    const kind = arrived(line) ? line.kind : 'visitor';
    const author = (arrived(line) && kind === 'agent' && line.author?.name) || '';
    const date = dateIn(zone, Date.parse(line.at));
    const last = groups.at(-1);
    const near = last && Date.parse(line.at) - Date.parse(last.lines.at(-1)!.at) < 5 * minute;
    if (near && last.kind === kind && last.author === author && last.date === date) last.lines.push(line);
    else groups.push({ kind, author, date, lines: [line] });
  }
  return groups;
};

export const talkView = (talk: Talk): TemplateResult => {
  const { host, thread, seen, details, rating } = talk;
  const { t, language: locale } = host;
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const now = pageNow();
  const today = dateIn(zone, now);
  const yesterday = dateIn(zone, now - 1440 * minute);
  const lines: Line[] = [...thread.messages, ...thread.outbox];
  const groups = groupsOf(lines, zone);
  const lastOwn = lines.findLast(line => !arrived(line) || line.kind === 'visitor');
  const dayOf = (date: string) =>
    date === today ? t('today') : date === yesterday ? t('yesterday') : day(locale, date);

  const fate = (line: Line): unknown => {
    if (!arrived(line)) {
      if (thread.outbox.some(({ failed }) => failed))
        return html`<button class="link failed" @click=${talk.again}>${t('failed')} ${t('retry')}</button>`;
      return details.showing ? '' : html`<span>${t('sending')}</span>`;
    }
    if (line !== lastOwn) return '';
    // Each a node of its own: one that grows towards the start would count as a shift of the page.
    return line.seq <= seen ? html`<span>${t('seen')}</span> · ` : html`<span>${t('sent')}</span> · `;
  };
  const view = ({ kind, author, lines }: Group) => {
    if (kind === 'activity') return html`<li class="day">${lines.map(({ text }) => html`<span>${text}</span>`)}</li>`;
    const last = lines.at(-1)!;
    return html`<li class="group ${kind}">
      ${kind === 'agent' ? html`<small>${author}</small>` : html`<span class="sr">${t('you')}</span>`}
      ${lines.map(line => html`<p dir="auto" class=${!arrived(line) && line.failed ? 'bubble unsent' : 'bubble'}>${linked(line.text)}</p>`)}
      <small class="number">${fate(last)}${arrived(last) ? html`<time dir="auto" datetime=${last.at}>${time(locale, zone, last.at)}</time>` : ''}</small>
    </li>`;
  };
  return html`${talk.loading ? html`<i class="bone bubble"></i><i class="bone bubble own"></i>` : ''}
    <ol>
      ${groups.map(
        (group, i) =>
          html`${group.date === groups[i - 1]?.date ? '' : html`<li class="day">${dayOf(group.date)}</li>`}${view(group)}`,
      )}
    </ol>
    ${talk.typing ? html`<p class="bubble dots" role="img" aria-label=${t('typing', { name: talk.agent ?? host.hello.business.name })}><i></i><i></i><i></i></p>` : ''}
    ${details.showing ? details.render() : ''}
    <div class="captcha"></div>
    ${rating.render()}
    ${talk.mailed ? html`<p class="day">${talk.mailed}</p>` : ''}`;
};

/** What can be done with the conversation as a whole. */
export const toolsView = (talk: Talk): TemplateResult | '' =>
  talk.token && talk.thread.messages[0]
    ? html`<button class="tool" aria-label=${talk.host.t('mail')} title=${talk.host.t('mail')} @click=${() => talk.mail()}>${icon('', envelope)}</button>`
    : '';
