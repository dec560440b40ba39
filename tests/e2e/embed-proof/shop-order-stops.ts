/** The page of an order at every point of its life, and where it cannot be had or is not given up. */
import type { Order } from '../../../widgets/shop/element/shop-types.ts';
import { type Answers, changeReply, cutOff, heldBack, refuse, silent } from './answers.ts';
import { alert } from './shop-cart-stops.ts';
import { type Place, press, type Stop } from './walk.ts';

const shows = (place: Place, name: RegExp) => place.getByRole('heading', { name }).waitFor();

/** How far an order is, and what its page says then. */
const points: readonly (readonly [name: string, order: Partial<Order>, words: string])[] = [
  ['paid', { paymentStatus: 'paid' }, 'Paid'],
  [
    'sent, with a link to follow it',
    {
      paymentStatus: 'paid',
      fulfilmentStatus: 'fulfilled',
      tracking: 'https://parcels.example/4711',
      canCancel: false,
    },
    'Follow the parcel',
  ],
  [
    'delivered, with a number and a part of the money back',
    {
      status: 'completed',
      paymentStatus: 'partiallyRefunded',
      fulfilmentStatus: 'delivered',
      tracking: 'RR 4711 0815 4711 0815 4711 0815 PT',
      canCancel: false,
    },
    'Partly refunded',
  ],
  ['cancelled, with the money back', { status: 'cancelled', paymentStatus: 'refunded', canCancel: false }, 'Cancelled'],
];

/** From a page whose order does not come; `load` loads it anew. */
export const orderStops = (says: Answers, load: () => Promise<unknown>): readonly Stop[] => {
  const cancel = heldBack();
  return [
    {
      name: 'order on its way',
      async go(place) {
        says['view'] = silent;
        await load();
        await place.locator('.bone').first().waitFor();
      },
    },
    {
      name: 'no order',
      async go(place) {
        says['view'] = refuse('UNKNOWN_LINK', [], 404);
        await load();
        await alert(place, /does not lead to an order/);
      },
    },
    {
      name: 'order without a connection',
      focus: /^button .*Try again/s,
      async go(place) {
        says['view'] = cutOff;
        await press(place, /^Try again$/);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'order at last',
      focus: /^h2 .*Order /s,
      async go(place) {
        delete says['view'];
        await press(place, /^Try again$/);
        await shows(place, /^Order /);
      },
    },
    ...points.map(
      ([name, order, words]): Stop => ({
        name: `order ${name}`,
        async go(place) {
          says['view'] = changeReply<Order>(data => {
            Object.assign(data, order);
          });
          await load();
          await place.getByText(words, { exact: true }).waitFor();
        },
      }),
    ),
    {
      name: 'being given up',
      focus: /^button .*Cancel the order/s,
      async go(place) {
        delete says['view'];
        says['cancel'] = cancel.answer;
        await load();
        await press(place, /^Cancel the order$/);
        await shows(place, /^Cancel this order/);
        await press(place, /^Cancel the order$/);
        await place.locator('.go[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'not given up without a connection',
      focus: /^h2 .*Cancel this order/s,
      async go(place) {
        cancel.go(cutOff);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'not given up, as it is too late',
      focus: /^h2 .*Cancel this order/s,
      async go(place) {
        says['cancel'] = refuse('TOO_LATE');
        await press(place, /^Cancel the order$/);
        await alert(place, /too late/);
      },
    },
    {
      name: 'kept',
      focus: /^h2 .*Order /s,
      async go(place) {
        await press(place, /^Keep the order$/);
        await shows(place, /^Order /);
      },
    },
  ];
};
