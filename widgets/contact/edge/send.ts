/** An enquiry from a visitor's form, and word of it to the business. */

import { oneLine } from '../../../schemas/mail/index.ts';
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { contact } from '../module.ts';

export const send: ActionHandler<typeof contact, 'send'> = ({ consent: _, name, ...rest }, ctx) => {
  const site = ctx.actor.siteId ?? null;
  const locale = ctx.site?.locale ?? 'en';
  const { id } = ctx.asSystem().enquiry.create({
    ...rest,
    name: oneLine(name),
    agreedAt: ctx.now,
    locale,
    told: ctx.settings.notify ?? null,
    site,
  });
  ctx.emit('received', { enquiry: id, locale }, { key: id });
  return { id };
};
