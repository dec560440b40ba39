/** Entry of `<inlay-booking-manage>`. */
import { define } from '../../kit/define.ts';
import { InlayBookingManage } from './manage-element.ts';

define('inlay-booking-manage', InlayBookingManage);

export { InlayBookingManage };
