/** Entry of `<inlay-booking>`. */
import { define } from '../../kit/define.ts';
import { InlayBooking } from './booking-element.ts';

define('inlay-booking', InlayBooking);

export { InlayBooking };
