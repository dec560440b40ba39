/** Defines `<inlaykit-popover>`. */
import { define } from '../define.ts';
import { Popover } from './popover.ts';

define('inlaykit-popover', Popover);
