/** Defines `<inlaykit-address>`. */
import { define } from '../define.ts';
import { AddressControl } from './address-control.ts';

define('inlaykit-address', AddressControl);
