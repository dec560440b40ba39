/** A checkout whose form, price or order does not come, or comes otherwise than it was wanted. */
import type { Money, Quote } from '../../../widgets/shop/element/shop-types.ts';
import { type Answers, cutOff, heldBack, refuse } from './answers.ts';
import { alert, priced, withLine } from './shop-cart-stops.ts';
import { type Place, press, type Stop } from './walk.ts';

const buy = (place: Place) => place.getByRole('button', { name: /^Buy now/, disabled: false }).press('Enter');
/** The ways are drawn anew meanwhile, where there are others. */
const choose = async (place: Place, name: RegExp) => {
  await place.getByRole('radio', { name }).click();
  await place.getByRole('radio', { name, checked: true }).waitFor();
};
const ship = (place: Place) => choose(place, /^Parcel/);
const collect = (place: Place) => choose(place, /^Pick up/);

const dearer = (quote: { -readonly [Key in keyof Quote]: Quote[Key] }): void => {
  const more = ({ amount, currency }: Money) => ({ amount: amount + 300, currency });
  quote.lines = quote.lines.map(line => ({ ...line, unit: more(line.unit), total: more(line.total) }));
  quote.subtotal = more(quote.subtotal);
  quote.total = more(quote.total);
};

/** From the shelf. */
export const rareCheckout = (says: Answers): readonly Stop[] => {
  const form = heldBack();
  const address = heldBack();
  const price = heldBack();
  const order = heldBack();
  return [
    {
      name: 'checkout on its way',
      focus: /^button .*Go to checkout/s,
      async go(place) {
        says['checkout'] = form.answer;
        await press(place, /^Add Espresso pair/);
        await press(place, /^Add Espresso pair/);
        await press(place, /^Your cart, /);
        await place.getByRole('button', { name: 'Go to checkout', disabled: false }).press('Enter');
        await place.locator('.go[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'checkout that does not come',
      focus: /^h2 .*Your cart/s,
      async go(place) {
        form.go(cutOff);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'checkout whose price and address are on their way',
      focus: /^h2 .*Checkout/s,
      async go(place) {
        delete says['checkout'];
        says['inlaykit-address'] = address.answer;
        says['price'] = price.answer;
        await press(place, /^Go to checkout$/);
        await place.locator('.fields .bone').first().waitFor();
      },
    },
    {
      name: 'checkout whose price does not come',
      focus: /^h2 .*Checkout/s,
      async go(place) {
        price.go(cutOff);
        address.go();
        await alert(place, /could not be reached/);
        await place.getByLabel('Town').waitFor();
      },
    },
    {
      name: 'a price that came when it was bought',
      focus: /^button .*Buy now/s,
      async go(place) {
        await place.getByRole('textbox', { name: 'E-mail' }).fill('jana.testova@mail.example');
        await place.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Jana Testová');
        await place.getByLabel('Street and number').fill('Veveří 12');
        await place.getByLabel('Town').fill('Brno');
        await place.getByLabel('Country').selectOption('CZ');
        await place.locator('.go[aria-busy=false]').waitFor();
        delete says['price'];
        await buy(place);
        await alert(place, /Something has changed/);
      },
    },
    {
      name: 'nowhere to send to',
      focus: /^select /,
      async go(place) {
        await place.getByLabel('Country').selectOption('JP');
        await place.getByLabel('Country').focus();
        await place.getByText(/^We cannot deliver this there/).waitFor();
      },
    },
    {
      name: 'a way that is gone',
      focus: /^input shipping/,
      async go(place) {
        await place.getByLabel('Country').selectOption('CZ');
        says['order'] = refuse('UNKNOWN_SHIPPING', [], 422);
        await place.getByRole('button', { name: /^Buy now/, disabled: false }).waitFor();
        says['price'] = priced(quote => {
          const { shipping } = quote;
          const options = shipping.options.filter(({ kind }) => kind === 'pickup');
          quote.shipping = { ...shipping, options, chosen: null };
        });
        await buy(place);
        await alert(place, /choose how it gets to you/);
      },
    },
    {
      name: 'dearer when it is bought',
      focus: /^button .*Buy now/s,
      async go(place) {
        delete says['price'];
        await collect(place);
        await place.getByRole('button', { name: /^Buy now/, disabled: false }).waitFor();
        says['price'] = priced(dearer);
        says['order'] = refuse('PRICE_CHANGED');
        await buy(place);
        await place.locator('.notice s').first().waitFor();
      },
    },
    {
      name: 'no connection when it is bought',
      focus: /^button .*Buy now/s,
      async go(place) {
        delete says['price'];
        says['order'] = cutOff;
        await ship(place);
        await collect(place);
        await buy(place);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'refused for a reason that nobody knows',
      focus: /^button .*Buy now/s,
      async go(place) {
        says['order'] = refuse('PLEASE_RING_THE_BELL');
        await buy(place);
        await alert(place, /went wrong on our side/);
      },
    },
    {
      name: 'too many orders',
      focus: /^button .*Buy now/s,
      async go(place) {
        says['order'] = refuse('TOO_MANY_ORDERS');
        await buy(place);
        await alert(place, /wait to be paid/);
      },
    },
    {
      name: 'fewer left when it is bought',
      focus: /^h2 .*Your cart/s,
      async go(place) {
        says['price'] = withLine('Espresso pair', ({ quantity }) => ({
          left: 1,
          problem: quantity > 1 ? 'OUT_OF_STOCK' : null,
        }));
        says['order'] = refuse('OUT_OF_STOCK');
        await buy(place);
        await alert(place, /Someone was a moment quicker/);
        await alert(place, /There is only 1 Espresso pair left/);
      },
    },
    {
      name: 'a code that lapsed meanwhile',
      focus: /^h2 .*Your cart/s,
      async go(place) {
        delete says['price'];
        await press(place, /^Go to checkout$/);
        says['order'] = refuse('CODE_EXPIRED');
        await buy(place);
        await alert(place, /not valid now/);
      },
    },
    {
      name: 'ordering',
      focus: /^button .*Buy now/s,
      async go(place) {
        await press(place, /^Go to checkout$/);
        await collect(place);
        await choose(place, /^When you collect it/);
        says['order'] = order.answer;
        await buy(place);
        await place.locator('.go[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'ordered, to be paid when it is collected',
      focus: /^h2 .*Thank you/s,
      async go(place) {
        order.go();
        await place.getByRole('heading', { name: /^Thank you/ }).waitFor();
      },
    },
  ];
};
