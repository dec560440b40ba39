/** Defines `<inlaykit-rating>`. */
import { define } from '../define.ts';
import { RatingControl } from './rating-control.ts';

define('inlaykit-rating', RatingControl);
