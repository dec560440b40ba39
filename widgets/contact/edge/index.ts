/** Contact's code. */
import { implement } from '../../../schemas/module/index.ts';
import { elementStrings } from '../locales/element.ts';
import { contact } from '../module.ts';
import { onAnswer, onReopen } from './answer.ts';
import { notify } from './mail/notify.ts';
import { send } from './send.ts';

export const contactCode = implement(contact, {
  actions: { send },
  transitions: { enquiry: { answer: onAnswer, reopen: onReopen } },
  subscribers: { notify },
  strings: elementStrings,
});
