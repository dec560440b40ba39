/** Defines `<inlaykit-menu>`. */
import { define } from '../define.ts';
import { Menu } from './menu.ts';

define('inlaykit-menu', Menu);
