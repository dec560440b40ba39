/** Defines `<inlaykit-tabs>`. */
import { define } from '../define.ts';
import { Tabs } from './tabs.ts';

define('inlaykit-tabs', Tabs);
