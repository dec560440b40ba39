/** Defines `<inlaykit-skeleton>`. */
import { define } from '../define.ts';
import { Skeleton } from './skeleton.ts';

define('inlaykit-skeleton', Skeleton);
