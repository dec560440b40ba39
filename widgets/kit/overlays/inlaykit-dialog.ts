/** Defines `<inlaykit-dialog>`. */
import { define } from '../define.ts';
import { Dialog } from './dialog.ts';

define('inlaykit-dialog', Dialog);
