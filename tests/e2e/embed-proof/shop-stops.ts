/** The way through a shop as a visitor goes it by keyboard, with what has the focus at each stop. */
import { button, type Place, press, type Stop } from './walk.ts';

const shows = (place: Place, name: RegExp) => place.getByRole('heading', { name }).waitFor();

/** Once the price of the chosen way is there. */
const buy = (place: Place) => place.getByRole('button', { name: /^Buy now/, disabled: false }).press('Enter');

/** From the shelf to the cart, and what can go wrong with a code. */
export const toCart: readonly Stop[] = [
  { name: 'shelf', go: place => shows(place, /^Products/) },
  {
    name: 'category',
    focus: /^button .*Cups/s,
    async go(place) {
      await press(place, /^Cups$/);
      await shows(place, /^Cups/);
      await place
        .getByRole('status')
        .filter({ hasText: /\d products?/ })
        .waitFor();
    },
  },
  {
    name: 'product',
    focus: /^h2 .*Speckled mug/s,
    async go(place) {
      await press(place, /^Speckled mug/);
      await place.getByRole('radio', { name: 'Moss' }).waitFor();
    },
  },
  {
    name: 'as many as there are',
    focus: /^button .*\+/s,
    async go(place) {
      await place.getByRole('radio', { name: 'Ink' }).check();
      await place.getByText(/^Only \d left/).waitFor();
      for (let times = 0; times < 5; times++) await press(place, /^One more$/);
    },
  },
  {
    name: 'added',
    focus: /^button .*Add to cart/s,
    async go(place) {
      await press(place, /^Add to cart$/);
      await place.getByRole('status').filter({ hasText: 'Speckled mug is in your cart.' }).waitFor();
    },
  },
  {
    name: 'cart',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      await press(place, /^Look at the cart$/);
      await place.getByText('Subtotal').waitFor();
    },
  },
  {
    name: 'one of it',
    focus: /^button .*−/s,
    async go(place) {
      for (let times = 0; times < 5; times++) await press(place, /^One less$/);
    },
  },
  {
    name: 'code refused',
    focus: /^input /,
    async go(place) {
      await place.getByText('Do you have a promo code?').press('Enter');
      const code = place.getByRole('textbox', { name: 'Promo code' });
      await code.fill('NOTHING');
      await code.press('Enter');
      await place.getByRole('alert').filter({ hasText: 'This code is not known.' }).waitFor();
    },
  },
  {
    name: 'code taken',
    focus: /^button .*Remove/s,
    async go(place) {
      const code = place.getByRole('textbox', { name: 'Promo code' });
      await code.fill('FIRSTKILN');
      await code.press('Enter');
      await place.locator('.code b').getByText('FIRSTKILN').waitFor();
    },
  },
  {
    name: 'code dropped',
    focus: /^summary /,
    go: place => place.locator('.code').getByRole('button', { name: 'Remove' }).press('Enter'),
  },
  {
    name: 'removed',
    focus: /^button .*Undo/s,
    async go(place) {
      await press(place, /^Remove Speckled mug/);
      await place.getByText('There is nothing in your cart yet.').waitFor();
    },
  },
  {
    name: 'undone',
    focus: /^h2 .*Your cart/s,
    async go(place) {
      await press(place, /^Undo$/);
      await button(place, /^Go to checkout$/).waitFor();
    },
  },
];

/** From the cart to the order. */
export const toOrder: readonly Stop[] = [
  {
    name: 'checkout',
    focus: /^h2 .*Checkout/s,
    async go(place) {
      await press(place, /^Go to checkout$/);
      await place.getByLabel('Town').waitFor();
    },
  },
  {
    name: 'checkout with faults',
    focus: /^input email/,
    async go(place) {
      await place.getByRole('radio', { name: /^Pick up/ }).check();
      await buy(place);
      await place.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  {
    name: 'an address with faults',
    focus: /^input /,
    async go(place) {
      await place.getByRole('textbox', { name: 'E-mail' }).fill('jana.testova@mail.example');
      await place.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Jana Testová');
      await place.getByRole('radio', { name: /^Parcel/ }).check();
      await place.getByLabel('Town').waitFor();
      await buy(place);
      await place.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  {
    name: 'ordered',
    focus: /^h2 .*Thank you for your order/s,
    async go(place) {
      await place.getByRole('radio', { name: /^Pick up/ }).check();
      await buy(place);
      await shows(place, /^Thank you/);
      // The order's own page comes after this walk.
      await place.getByRole('link', { name: 'Look at your order' }).evaluate(link => {
        Object.assign(window, { ordered: (link as HTMLAnchorElement).href });
      });
    },
  },
  {
    name: 'the shelf again',
    focus: /^(?:h2|button) /,
    async go(place) {
      await press(place, /^Continue shopping$/);
      await shows(place, /./);
    },
  },
];

/** From the shelf to the checkout by what is there, whatever it is called. */
export const inAnyLanguage: readonly Stop[] = [
  { name: 'shelf', go: place => place.locator('.product').first().waitFor() },
  {
    name: 'product',
    focus: /^h2 .*Speckled mug/s,
    async go(place) {
      await place.locator('.product').first().press('Enter');
      await place.locator('.choice').first().waitFor();
    },
  },
  {
    name: 'added',
    focus: /^button ./s,
    async go(place) {
      await place.locator('.buy .go').press('Enter');
      await place.locator('.news .link').waitFor();
    },
  },
  {
    name: 'cart',
    focus: /^h2 ./s,
    async go(place) {
      await place.locator('.news .link').press('Enter');
      await place.locator('.totals').waitFor();
    },
  },
  {
    name: 'checkout',
    focus: /^h2 ./s,
    async go(place) {
      await place.locator('.go.wide').press('Enter');
      await place.locator('inlaykit-address select').waitFor();
    },
  },
  {
    name: 'checkout with faults',
    focus: /^input email/,
    async go(place) {
      await place.locator('.go.wide:enabled[aria-busy=false]').press('Enter');
      await place.locator('[aria-invalid=true]').first().waitFor();
    },
  },
];
