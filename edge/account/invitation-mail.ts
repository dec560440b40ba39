/** The mail that carries an invitation. */
import { escapeHtml } from '../../schemas/mail/index.ts';
import type { Mail } from '../../schemas/ports/index.ts';

export interface InvitationMail {
  readonly id: string;
  readonly to: string;
  readonly from: Mail['from'];
  readonly agencyName: string;
  readonly inviterName: string;
  readonly url: string;
}

export function invitationMail({ id, to, from, agencyName, inviterName, url }: InvitationMail): Mail {
  const invites = `${inviterName} invites you to work with ${agencyName} on Inlay.`;
  const ends = 'The link works once and for seven days.';
  return {
    key: `invitation:${id}`,
    to: { address: to },
    from,
    subject: `Join ${agencyName} on Inlay`,
    text: `${invites}\n\n${url}\n\n${ends}\n`,
    html: `<p>${escapeHtml(invites)}</p><p><a href="${escapeHtml(url)}">Accept the invitation</a></p><p>${ends}</p>`,
  };
}
