/** Defines `<inlaykit-signature>`. */
import { define } from '../define.ts';
import { SignatureControl } from './signature-control.ts';

define('inlaykit-signature', SignatureControl);
