/** The outbox: mail that a person can read instead of sending it; each host brings only a place to keep records. */
import type { Clock, Mail, MailOutbox, SentMail } from '../../schemas/ports/index.ts';

/** Where an outbox keeps its records; `id` is safe as a file name. */
export interface OutboxRecords {
  /** Keeps the record unless there is one of that id. */
  add(id: string, sentAt: number, record: string): Promise<void>;
  get(id: string): Promise<string | undefined>;
  /** The newest `limit` records, in any order. */
  newest(limit: number): Promise<readonly string[]>;
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
  };
}

const parse = (record: string): SentMail => JSON.parse(record) as SentMail;

/** A key may hold anything, so a hash of it names the record. */
async function idOf(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
