/** Puts word of an enquiry into the language of the site that it came from. */
import { html, oneLine, type Page, plainText } from '../../../../schemas/mail/index.ts';
import type { topics } from '../../entities/enquiry.ts';
import { elementStrings } from '../../locales/element.ts';
import { mailStrings } from '../../locales/mail.ts';

export interface Enquiry {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly topic: (typeof topics)[number];
  readonly message: string;
}

export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The button opens an answer in the reader's own mail program. */
export const compose = (
  { name, email, phone, topic, message }: Enquiry,
  business: string,
  locale: string,
): Composed => {
  const language = locale.split('-')[0]!;
  const words = mailStrings[language] ?? mailStrings['en']!;
  const labels = elementStrings[language] ?? elementStrings['en']!;
  const from = oneLine(name);
  const about = labels[`send.topic.${topic}`];
  const say = (text: string): string => text.replace('{name}', from).replace('{topic}', about);
  const page: Page = {
    language: language in mailStrings ? language : 'en',
    title: say(words.title),
    lead: say(words.lead),
    rows: [
      [labels['send.name'], from],
      [labels['send.email'], email],
      ...(phone ? [[labels['send.phone'], phone] as const] : []),
      [labels['send.topic'], about],
    ],
    quote: message.trim(),
    button: { label: words.answer, url: `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}` },
    sender: oneLine(business),
  };
  return { subject: say(words.subject), text: plainText(page), html: html(page) };
};
