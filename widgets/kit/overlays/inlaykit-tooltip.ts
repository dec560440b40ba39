/** Defines `<inlaykit-tooltip>`. */
import { define } from '../define.ts';
import { Tooltip } from './tooltip.ts';

define('inlaykit-tooltip', Tooltip);
