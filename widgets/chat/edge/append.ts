/** New messages at a conversation's end. */
import { oneLine } from '../../../schemas/mail/index.ts';
import type { Activity } from '../locales/activity.ts';
import type { ChatContext, Conversation, ConversationPatch, Message } from './context.ts';

interface Line {
  readonly kind: Message['kind'];
  readonly text: string;
  readonly author?: string | null;
  readonly source?: string | null;
  readonly internal?: boolean;
}

export interface Appended {
  /** In the order of the lines. */
  readonly messages: readonly Message[];
  /** What the conversation says of its last message; the caller writes it, at the revision that was read. */
  readonly patch: ConversationPatch;
}

/** An activity that visitors see, too. */
export const told = (activity: Activity, author: string | null = null): Line => ({
  kind: 'activity',
  text: activity,
  author,
});
/** An activity among colleagues. */
export const among = (activity: Activity, author: string | null = null): Line => ({
  ...told(activity, author),
  internal: true,
});

const MOST_SHOWN = 200;

/**
 * A message's place is the commit's to give: two who read the same last place write the same next one, the unique constraint lets
 * one of them pass, and the other runs again on fresh reads (CH-01).
 */
export const append = (
  ctx: ChatContext,
  { id, lastSeq }: Pick<Conversation, 'id' | 'lastSeq'>,
  lines: readonly Line[],
): Appended => {
  const messages = lines.map((line, index) =>
    ctx.asSystem().message.create({ conversation: id, seq: lastSeq + index + 1, ...line }),
  );
  const last = lines.findLast(({ internal, kind }) => !internal && kind !== 'activity');
  const patch: ConversationPatch = { lastSeq: lastSeq + lines.length };
  if (!last || last.kind === 'note' || last.kind === 'activity') return { messages, patch };
  const lastText = oneLine(last.text).slice(0, MOST_SHOWN);
  return { messages, patch: { ...patch, lastText, lastKind: last.kind, lastAt: ctx.now } };
};
