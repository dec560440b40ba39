/** Half-open intervals, their algebra and the load that they add up to. */
export {
  clip,
  contains,
  type Interval,
  intersect,
  merge,
  normalise,
  overlaps,
  pad,
  shift,
  subtract,
  totalLength,
} from './interval.ts';
export { type Load, overloaded, peakLoad } from './load.ts';
