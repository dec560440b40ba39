/** The types this module's handlers share. */
import type { Context, DraftOf, RowOf } from '../../../schemas/module/index.ts';
import type { chat } from '../module.ts';

export type ChatModule = typeof chat;
export type ChatContext = Context<ChatModule>;
export type Conversation = RowOf<ChatModule, 'conversation'>;
export type ConversationPatch = Partial<DraftOf<ChatModule, 'conversation'>>;
export type Message = RowOf<ChatModule, 'message'>;
export type Agent = RowOf<ChatModule, 'agent'>;
export type Attendance = RowOf<ChatModule, 'attendance'>;

export const MINUTE = 60_000;
