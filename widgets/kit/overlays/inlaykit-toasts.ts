/** Defines `<inlaykit-toasts>`. */
import { define } from '../define.ts';
import { Toasts } from './toasts.ts';

define('inlaykit-toasts', Toasts);
