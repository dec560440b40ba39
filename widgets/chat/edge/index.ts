/** Chat's code. */
import { implement } from '../../../schemas/module/index.ts';
import { locales } from '../locales/index.ts';
import { problemStrings } from '../locales/problems.ts';
import { chat } from '../module.ts';
import { assign } from './assign.ts';
import { attend } from './attend.ts';
import { block } from './block.ts';
import { claim } from './claim.ts';
import { hello } from './hello.ts';
import { identify } from './identify.ts';
import { identitySecret } from './identity-secret.ts';
import { inbox } from './inbox.ts';
import { label } from './label.ts';
import { look } from './look.ts';
import { mailTranscript } from './mail/mail-transcript.ts';
import { tellDesk } from './mail/tell-desk.ts';
import { tellVisitor } from './mail/tell-visitor.ts';
import { note } from './note.ts';
import { open } from './open.ts';
import { presence } from './presence.ts';
import { rate } from './rate.ts';
import { reopen } from './reopen.ts';
import { reply } from './reply.ts';
import { requeue } from './requeue.ts';
import { onRest, resolve } from './resolve.ts';
import { send } from './send.ts';
import { since } from './since.ts';
import { onWake, snooze } from './snooze.ts';
import { start } from './start.ts';
import { transcript } from './transcript.ts';

const forVisitors = { hello, start, send, since, presence, rate, identify, transcript };
const forDesk = {
  inbox,
  attend,
  open,
  claim,
  assign,
  reply,
  note,
  snooze,
  resolve,
  reopen,
  label,
  block,
  look,
  identitySecret,
};

export const chatCode = implement(chat, {
  actions: { ...forVisitors, ...forDesk },
  transitions: { conversation: { wake: onWake, rest: onRest } },
  jobs: { tellDesk, tellVisitor, mailTranscript, requeue },
  strings: {
    en: { ...locales.en.element, ...problemStrings.en },
    de: { ...locales.de.element, ...problemStrings.de },
    es: { ...locales.es.element, ...problemStrings.es },
    cs: { ...locales.cs.element, ...problemStrings.cs },
  },
});
