/** Defines `<inlaykit-phone>`. */
import { define } from '../define.ts';
import { PhoneControl } from './phone-control.ts';

define('inlaykit-phone', PhoneControl);
