/** Defines `<inlaykit-file>`. */
import { define } from '../define.ts';
import { FileControl } from './file-control.ts';

define('inlaykit-file', FileControl);
