/** A cart of which something is gone, dearer, refused, or not to be priced at all. */
import type { PricedLine, Quote } from '../../../widgets/shop/element/shop-types.ts';
import { type Answers, changeReply, cutOff, silent } from './answers.ts';
import { button, type Place, press, type Stop } from './walk.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Has the host say something else of a cart and its lines. */
export const priced = (edit: (quote: Writable<Quote>) => void) => changeReply<Writable<Quote>>(edit);
export const withLine = (name: string, edit: (line: PricedLine) => Partial<PricedLine>) =>
  priced(quote => {
    quote.lines = quote.lines.map(line => (line.name === name ? { ...line, ...edit(line) } : line));
  });

export const alert = (place: Place, text: RegExp) => place.getByRole('alert').filter({ hasText: text }).waitFor();
const cart = async (place: Place) => {
  await press(place, /^Your cart, /);
  await place.getByRole('heading', { name: 'Your cart' }).waitFor();
};

/** A code that the business would not take, for a reason of its own. */
const refused = (says: Answers, problem: string, words: RegExp): Stop => ({
  name: `code refused, ${problem}`,
  focus: /^input /,
  async go(place) {
    says['price'] = priced(quote => {
      quote.code = { code: 'FIRSTKILN', label: 'First firing, 10 % off', problem };
    });
    const code = place.getByRole('textbox', { name: 'Promo code' });
    if (!(await code.isVisible())) await place.getByText('Do you have a promo code?').press('Enter');
    await code.fill(problem);
    await code.press('Enter');
    await alert(place, words);
  },
});

/** From the shelf. */
export const rareCart = (says: Answers): readonly Stop[] => [
  {
    name: 'empty cart',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      await press(place, /^Your cart, empty$/);
      await place.getByText('There is nothing in your cart yet.').waitFor();
    },
  },
  {
    name: 'cart whose price is on its way',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      await press(place, /^Continue shopping$/);
      await press(place, /^Add Espresso pair/);
      await press(place, /^Add Water carafe/);
      await press(place, /^Add Teapot/);
      says['price'] = silent;
      await cart(place);
      await place.locator('.line .bone').first().waitFor();
    },
  },
  {
    name: 'cart without a price',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      await press(place, /^Continue shopping$/);
      says['price'] = cutOff;
      await cart(place);
      await alert(place, /could not be reached/);
    },
  },
  {
    name: 'why this price',
    focus: /^summary /,
    async go(place) {
      delete says['price'];
      await press(place, /^Try again$/);
      await place.getByText('Why this price').press('Enter');
      await place.locator('.why[open]').waitFor();
    },
  },
  {
    name: 'taxes on top',
    focus: /^button .*\+/s,
    async go(place) {
      says['price'] = priced(quote => {
        const { currency } = quote.total;
        const lines = ['23', '6'].map(rate => ({ rate, amount: { amount: 1234, currency } }));
        quote.tax = { included: false, amount: { amount: 2468, currency }, lines };
      });
      await press(place, /^One more$/);
      await place.getByText('Tax 6 %').waitFor();
    },
  },
  {
    name: 'cart that is priced anew',
    focus: /^button .*\+/s,
    async go(place) {
      says['price'] = silent;
      await press(place, /^One more$/);
      await place.locator('.totals[aria-busy=true]').waitFor();
    },
  },
  refused(says, 'CODE_EXPIRED', /not valid now/),
  refused(says, 'CODE_USED_UP', /used up/),
  refused(says, 'CODE_NOT_APPLICABLE', /does not fit/),
  {
    name: 'fewer left than wanted',
    focus: /^button .*\+/s,
    async go(place) {
      says['price'] = withLine('Espresso pair', ({ quantity }) => ({
        left: 2,
        problem: quantity > 2 ? 'OUT_OF_STOCK' : null,
      }));
      await press(place, /^One more$/);
      await alert(place, /only 2 of Espresso pair left/);
      await place.locator('.totals[aria-busy=false]').waitFor();
    },
  },
  {
    name: 'a line that is sold out',
    focus: /^button .*−/s,
    async go(place) {
      says['price'] = withLine('Water carafe', () => ({ left: 0, problem: 'OUT_OF_STOCK' }));
      await press(place, /^One less$/);
      await alert(place, /Water carafe is sold out/);
    },
  },
  {
    name: 'a line that goes under the hand, as it is not offered any more',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      says['price'] = withLine('Espresso pair', () => ({ name: '', options: '', problem: 'NOT_OFFERED' }));
      await press(place, /^One more$/);
      await alert(place, /Espresso pair is sold out/);
      await button(place, /^Remove Teapot/).waitFor();
    },
  },
];

/** From the shelf, with a cart that holds all that it can, of what is not offered any more. */
export const fullCart: readonly Stop[] = [
  {
    name: 'full cart',
    focus: /^button /,
    async go(place) {
      await button(place, /^Your cart, 50 items$/).waitFor();
      await press(place, /^Add Espresso pair/);
      await alert(place, /Your cart is full/);
    },
  },
  {
    name: 'cart of which nothing is offered any more',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      await press(place, /^Your cart, 50 items$/);
      await alert(place, /not offered any more/);
      await place.getByText('There is nothing in your cart yet.').waitFor();
    },
  },
];
