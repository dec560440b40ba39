/** Tells the site's people about an enquiry; answering the mail answers whoever wrote it. */
import { oneLine } from '../../../../schemas/mail/index.ts';
import type { EventHandler } from '../../../../schemas/module/index.ts';
import type { contact } from '../../module.ts';
import { compose } from './compose.ts';

export const notify: EventHandler<typeof contact, { readonly enquiry: string; readonly locale: string }> = async (
  { enquiry: id, locale },
  ctx,
) => {
  const enquiry = await ctx.db.enquiry.get(id);
  // Somebody may have taken it for spam, or deleted it, before the mail was due.
  if (!enquiry?.told || enquiry.status === 'spam') return;
  await ctx.mail({
    to: { address: enquiry.told, name: oneLine(ctx.client.name) },
    replyTo: enquiry.email,
    ...compose(enquiry, ctx.client.name, locale),
  });
};
