/** Sends mail. The embedded default keeps an outbox that a person can read. */
export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
}

export interface Mail {
  /** Same key, same mail: a second send with a key already sent is dropped. */
  readonly key: string;
  readonly to: { readonly address: string; readonly name?: string };
  readonly from: { readonly address: string; readonly name?: string };
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface SentMail extends Mail {
  readonly sentAt: number;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** What an outbox adapter offers beside `send`. */
export interface MailOutbox extends Mailer {
  list(): Promise<readonly SentMail[]>;
  find(key: string): Promise<SentMail | undefined>;
  /** Empties the mails whose key begins so and that have one of the words anywhere; a key stays, so that nothing is sent again. How many. */
  forget(keysBegin: string, words: readonly string[]): Promise<number>;
}
