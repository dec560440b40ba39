/** Entry of `<inlay-shop-order>`. */
import { define } from '../../kit/define.ts';
import { InlayShopOrder } from './order-element.ts';

define('inlay-shop-order', InlayShopOrder);

export { InlayShopOrder };
