/** Defines `<inlaykit-progress>`. */
import { define } from '../define.ts';
import { Progress } from './progress.ts';

define('inlaykit-progress', Progress);
