/** Entry of `<inlay-booking>`; it has the time picker and its looks, which `<inlay-booking-manage>` asks for when it is needed. */
import { define } from '../../kit/define.ts';
import { InlayBooking } from './booking-element.ts';
import { bookingStyles } from './booking-styles.ts';
import { TimePicker } from './time-picker.ts';

define('inlay-booking', InlayBooking);

export { bookingStyles, InlayBooking, TimePicker };
