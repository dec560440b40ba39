/** Defines `<inlaykit-number>`. */
import { define } from '../define.ts';
import { NumberControl } from './number-control.ts';

define('inlaykit-number', NumberControl);
