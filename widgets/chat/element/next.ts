/** What a conversation needs beyond the first view. */
export { Talk } from './talk.ts';
