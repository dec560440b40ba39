/** Defines `<inlaykit-date-time>`. */
import { define } from '../define.ts';
import { DateTimeControl } from './date-time-control.ts';

define('inlaykit-date-time', DateTimeControl);
