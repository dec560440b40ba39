/** Availability: working hours, free starts, the check of one start. */

export { type DateOverride, type DayWindow, validateWindows, type WeeklyWindow } from './day-window.ts';
export { claimOrder, mergeSlots, type SharedSlot } from './merge-slots.ts';
export type { BufferMode, Busy, SlotNeeds } from './occupancy.ts';
export { isFree, type SlotCheck, type SlotSearch, seatsLeft, slotStarts } from './slot-starts.ts';
export {
  searchRange,
  type WorkingHours,
  type WorkingTime,
  workingIntervals,
  workingTime,
} from './working-intervals.ts';
