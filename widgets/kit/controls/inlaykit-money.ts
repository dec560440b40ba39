/** Defines `<inlaykit-money>`. */
import { define } from '../define.ts';
import { MoneyControl } from './money-control.ts';

define('inlaykit-money', MoneyControl);
