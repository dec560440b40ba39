/** The shop's code. */
import { implement } from '../../../schemas/module/index.ts';
import { locales } from '../locales/index.ts';
import { shop } from '../module.ts';
import { cancel } from './cancel.ts';
import { catalogue } from './catalogue.ts';
import { keepStock } from './keep-stock.ts';
import { lapse } from './lapse.ts';
import { sendCancelled, sendPlaced, sendShipped } from './mail/send.ts';
import { order } from './order.ts';
import { price } from './price.ts';
import { product } from './product.ts';
import { refund } from './refund.ts';
import { onCancel, onDeliver, onPay, onShip } from './transitions.ts';
import { view } from './view.ts';

export const shopCode = implement(shop, {
  actions: { catalogue, product, price, order, view, cancel, refund },
  transitions: { order: { pay: onPay, ship: onShip, deliver: onDeliver, cancel: onCancel } },
  subscribers: { keepStock, sendPlaced, sendShipped, sendCancelled },
  jobs: { lapse },
  strings: {
    en: locales.en.element,
    de: locales.de.element,
    es: locales.es.element,
    cs: locales.cs.element,
  },
});
