/** What a form needs once somebody reads it: better controls than native ones, what fills them later, and what sends it. */
export { makeRich } from './rich-controls.ts';
export { send } from './send.ts';
