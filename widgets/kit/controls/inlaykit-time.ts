/** Defines `<inlaykit-time>`. */
import { define } from '../define.ts';
import { TimeControl } from './time-control.ts';

define('inlaykit-time', TimeControl);
