/** Defines `<inlaykit-date>`. */
import { define } from '../define.ts';
import { DateControl } from './date-control.ts';

define('inlaykit-date', DateControl);
