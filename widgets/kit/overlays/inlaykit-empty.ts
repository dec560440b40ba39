/** Defines `<inlaykit-empty>`. */
import { define } from '../define.ts';
import { EmptyState } from './empty-state.ts';

define('inlaykit-empty', EmptyState);
