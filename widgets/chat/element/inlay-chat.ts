/** Entry of `<inlay-chat>`. */
import { define } from '../../kit/define.ts';
import { InlayChat } from './chat-element.ts';

define('inlay-chat', InlayChat);

export { InlayChat };
