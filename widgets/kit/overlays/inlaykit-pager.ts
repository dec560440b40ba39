/** Defines `<inlaykit-pager>`. */
import { define } from '../define.ts';
import { Pager } from './pager.ts';

define('inlaykit-pager', Pager);
