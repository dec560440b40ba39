/** Screens that the chat brings to the desk, by tag. */
import { ChatInbox } from './chat-inbox.ts';

export { ChatInbox };
export const elements = { 'inlay-chat-inbox': ChatInbox } as const;
