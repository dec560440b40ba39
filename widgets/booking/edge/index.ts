/** Booking's code. */
import { implement } from '../../../schemas/module/index.ts';
import { locales } from '../locales/index.ts';
import { booking } from '../module.ts';
import { availability } from './availability.ts';
import { book } from './book.ts';
import { cancel } from './cancel.ts';
import { catalogue } from './catalogue.ts';
import { confirm } from './confirm.ts';
import { expireHolds } from './expire-holds.ts';
import { hold } from './hold.ts';
import { sendCancellation, sendChange, sendConfirmation, sendRequest } from './mail/send.ts';
import { move } from './move.ts';
import { release } from './release.ts';
import { renew } from './renew.ts';
import { reschedule } from './reschedule.ts';
import { onCancel, onConfirm } from './transitions.ts';
import { view } from './view.ts';

export const bookingCode = implement(booking, {
  actions: { catalogue, availability, hold, renew, release, confirm, book, move, view, reschedule, cancel },
  transitions: { booking: { cancel: onCancel, confirm: onConfirm } },
  subscribers: { sendConfirmation, sendRequest, sendChange, sendCancellation },
  jobs: { expireHolds },
  strings: {
    en: locales.en.element,
    de: locales.de.element,
    es: locales.es.element,
    cs: locales.cs.element,
  },
});
