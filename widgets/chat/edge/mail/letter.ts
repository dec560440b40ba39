/** Puts a talk into a mail, in the reader's language and on their clock. What people wrote stays text (CH-10). */
import {
  dateFormat,
  html,
  languageFor,
  oneLine,
  type Page,
  plainText,
  type Said,
} from '../../../../schemas/mail/index.ts';
import { type MailStrings, mailStrings } from '../../locales/mail.ts';
import type { Message } from '../context.ts';
import { textOf } from '../view.ts';

export interface Reader {
  readonly locale: string;
  readonly zone: string;
}

export interface Content {
  readonly kind: 'waiting' | 'answered' | 'transcript';
  readonly messages: readonly Pick<Message, 'kind' | 'text' | 'author' | 'createdAt'>[];
  /** Empty where it is not known. */
  readonly name: string;
  readonly agent?: string;
  readonly number: string;
  readonly business: string;
  readonly url: string;
  /** Rows above the talk. */
  readonly facts?: (words: MailStrings) => readonly (readonly [string, string])[];
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export const letter = (content: Content, reader: Reader): Letter => {
  const { language, locale } = languageFor<keyof typeof mailStrings>(mailStrings, reader.locale);
  const words = mailStrings[language];
  const { subject, title, lead, button } = words[content.kind];
  const business = oneLine(content.business);
  const known: Readonly<Record<string, string>> = {
    business,
    name: oneLine(content.name) || words.visitor,
    agent: oneLine(content.agent ?? '') || business,
    number: content.number,
  };
  const say = (pattern: string): string => pattern.replace(/\{(\w+)\}/g, (_, key: string) => known[key] ?? '');
  const clock = dateFormat(locale, reader.zone, 'moment', { dateStyle: 'medium', timeStyle: 'short' });
  const whoSaid = ({ kind, author }: Pick<Message, 'kind' | 'author'>): string =>
    oneLine(author ?? '') || (kind === 'visitor' ? words.visitor : business);
  const talk = content.messages.map(
    (message): Said => ({
      who: whoSaid(message),
      at: clock.format(message.createdAt),
      text: textOf(message, language).trim(),
    }),
  );
  const page: Page = {
    language,
    title: say(title),
    lead: say(lead),
    rows: content.facts?.(words) ?? [],
    talk,
    button: { label: button, url: content.url },
    sender: business,
  };
  return { subject: say(subject), text: plainText(page), html: html(page) };
};
