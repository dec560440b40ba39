/** Defines `<inlaykit-switch>`. */
import { define } from '../define.ts';
import { SwitchControl } from './switch-control.ts';

define('inlaykit-switch', SwitchControl);
