/** Defines `<inlaykit-disclosure>`. */
import { define } from '../define.ts';
import { Disclosure } from './disclosure.ts';

define('inlaykit-disclosure', Disclosure);
