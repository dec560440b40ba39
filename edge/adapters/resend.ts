/** Sends mail through Resend (https://resend.com/docs/api-reference/emails/send-email). */
import type { Mail, Mailer } from '../../schemas/ports/index.ts';

export interface ResendOptions {
  readonly apiKey: string;
  /** Origin of the API; another one only in tests. */
  readonly apiUrl?: string;
}

const TIMEOUT_MS = 15_000;

/** `send` throws when the service refuses; a repeated key is dropped by the service for 24 hours. */
export function createResendMailer({ apiKey, apiUrl = 'https://api.resend.com' }: ResendOptions): Mailer {
  return {
    async send(mail: Mail): Promise<void> {
      const response = await fetch(`${apiUrl}/emails`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': await idempotencyKey(mail.key),
        },
        body: JSON.stringify(toWire(mail)),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return void (await response.body?.cancel());
      const reason = (await response.text()).slice(0, 500);
      // The same key with another body: the first mail is on its way, and the port drops the second.
      if (response.status === 409 && reason.includes('invalid_idempotent_request')) return;
      throw new Error(`Resend answered ${response.status}: ${reason}`);
    },
  };
}

function toWire(mail: Mail): Record<string, unknown> {
  return {
    from: mailbox(mail.from),
    to: [mailbox(mail.to)],
    ...(mail.replyTo === undefined ? {} : { reply_to: mail.replyTo }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(mail.attachments === undefined
      ? {}
      : {
          attachments: mail.attachments.map(({ filename, contentType, content }) => ({
            filename,
            content_type: contentType,
            content: base64(content),
          })),
        }),
  };
}

/** RFC 5322 name-addr with a quoted display name; control characters cannot start another header. */
function mailbox({ address, name }: { readonly address: string; readonly name?: string }): string {
  const plain = name?.replace(/\p{Cc}/gu, ' ').trim();
  return plain ? `"${plain.replace(/["\\]/g, '\\$&')}" <${address}>` : address;
}

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The service takes at most 256 characters. */
async function idempotencyKey(key: string): Promise<string> {
  if (key.length <= 200 && /^[\x21-\x7e]+$/.test(key)) return key;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
