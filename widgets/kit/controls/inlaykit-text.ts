/** Defines `<inlaykit-text>`. */
import { define } from '../define.ts';
import { TextControl } from './text-control.ts';

define('inlaykit-text', TextControl);
