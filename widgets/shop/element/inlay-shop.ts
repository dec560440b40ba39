/** Entry of `<inlay-shop>`. */
import { define } from '../../kit/define.ts';
import { InlayShop } from './shop-element.ts';

define('inlay-shop', InlayShop);

export { InlayShop };
