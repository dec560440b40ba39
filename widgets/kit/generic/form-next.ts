/** What a form needs once somebody reads it: controls that are better than native ones, and what sends it. */
export { makeRich } from './rich-controls.ts';
export { send } from './send.ts';
