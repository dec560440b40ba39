/** Defines `<inlaykit-select>`. */
import { define } from '../define.ts';
import { SelectControl } from './select-control.ts';

define('inlaykit-select', SelectControl);
