/** The outbox: mail that a person can read instead of sending it; each host brings only a place to keep records. */
import type { Clock, Mail, MailOutbox, SentMail } from '../../schemas/ports/index.ts';

/** Where an outbox keeps its records; `id` is safe as a file name. */
export interface OutboxRecords {
  /** Keeps the record unless there is one of that id. */
  add(id: string, sentAt: number, record: string): Promise<void>;
  get(id: string): Promise<string | undefined>;
  /** The newest `limit` records, in any order. */
  newest(limit: number): Promise<readonly string[]>;
  /** Puts what `change` gives in the place of each record; undefined leaves it. How many were changed. */
  rewrite(change: (record: string) => string | undefined): Promise<number>;
}

const LIST_LIMIT = 500;

export function createOutbox(records: OutboxRecords, clock: Clock): MailOutbox {
  return {
    async send(mail: Mail): Promise<void> {
      const sent: SentMail = { ...mail, sentAt: clock.now() };
      await records.add(await idOf(mail.key), sent.sentAt, JSON.stringify(sent));
    },
    async list(): Promise<readonly SentMail[]> {
      const found = await records.newest(LIST_LIMIT);
      return found.map(parse).sort((a, b) => b.sentAt - a.sentAt);
    },
    async find(key: string): Promise<SentMail | undefined> {
      const record = await records.get(await idOf(key));
      return record === undefined ? undefined : parse(record);
    },
    async forget(keysBegin, words) {
      const sought = words.map(word => word.toLowerCase());
      return records.rewrite(record => {
        const mail = parse(record);
        return mail.key.startsWith(keysBegin) && says(mail, sought) ? JSON.stringify(emptied(mail)) : undefined;
      });
    },
  };
}

/** Also as a page writes it. */
function says(mail: SentMail, words: readonly string[]): boolean {
  const { to, replyTo = '', subject, text, html, attachments = [] } = mail;
  const files = attachments.flatMap(({ filename, content }) => [filename, unfolded(content)]);
  const all = [to.address, to.name ?? '', replyTo, subject, text, html, ...files].join('\n').toLowerCase();
  return words.some(word => all.includes(word) || all.includes(escaped(word)));
}

/** RFC 5545 section 3.1 breaks long lines of calendar files. */
const unfolded = (content: string): string => content.replace(/\r?\n[ \t]/g, '');
const escaped = (word: string): string =>
  word
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const emptied = ({ key, from, sentAt }: SentMail): SentMail => ({
  ...{ key, from, sentAt, to: { address: '[erased]' } },
  ...{ subject: '[erased]', text: '', html: '' },
});

const parse = (record: string): SentMail => JSON.parse(record) as SentMail;

/** A key may hold anything, so a hash of it names the record. */
async function idOf(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
