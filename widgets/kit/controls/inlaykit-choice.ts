/** Defines `<inlaykit-choice>`. */
import { define } from '../define.ts';
import { ChoiceControl } from './choice-control.ts';

define('inlaykit-choice', ChoiceControl);
