/** What a shelf and a product look like while nothing has come, when nothing comes, and when there is nothing. */
import assert from 'node:assert/strict';
import type { Card, Catalogue, Product } from '../../../widgets/shop/element/shop-types.ts';
import { type Answers, changeReply, cutOff, heldBack, refuse } from './answers.ts';
import { type Place, press, type Stop } from './walk.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const broken = 'https://pictures.example/none.jpg';
const unlike = (card: Card, at: number): Card =>
  [
    { ...card, image: null, name: `${card.name}, with a name as long as somebody who loves it would give it` },
    { ...card, image: { url: broken, width: 480, height: 480 } },
    { ...card, available: false },
  ][at] ?? card;

/** To be given to `changeHello`: so many products that a search shows, and more to come. */
export const fill = (data: Writable<Catalogue>): void => {
  const again = data.products.map(card => ({ ...card, id: `${card.id}-again` }));
  data.products = [...data.products, ...again.map(unlike)];
  data.next = 'more';
};

const alert = (place: Place, text: RegExp) => place.getByRole('alert').filter({ hasText: text }).waitFor();
const search = (place: Place) => place.getByRole('searchbox', { name: 'Search products' });

/** From a shelf that is full. */
export const rareShelf = (says: Answers): readonly Stop[] => {
  const found = heldBack();
  const more = heldBack();
  return [
    {
      name: 'full shelf',
      go: place => search(place).waitFor(),
    },
    {
      name: 'searching',
      focus: /^input /,
      async go(place) {
        says['catalogue'] = found.answer;
        await search(place).fill('carafe');
        await place.locator('.products[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'found',
      focus: /^input /,
      async go(place) {
        found.go();
        await place.getByRole('status').filter({ hasText: '1 product' }).waitFor();
      },
    },
    {
      name: 'nothing found',
      focus: /^input /,
      async go(place) {
        await search(place).fill('nothing of the kind');
        await place.getByText(/^Nothing fits/).waitFor();
      },
    },
    {
      name: 'a category that does not come',
      focus: /^button .*Table/s,
      async go(place) {
        says['catalogue'] = cutOff;
        await press(place, /^Table$/);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'an empty category',
      focus: /^h2 .*Table/s,
      async go(place) {
        says['catalogue'] = changeReply<Writable<Catalogue>>(data => {
          data.products = [];
        });
        await press(place, /^Try again$/);
        await place.getByText(/^Nothing fits/).waitFor();
      },
    },
    {
      name: 'more on their way',
      focus: /^button .*Show more/s,
      async go(place) {
        await press(place, /^All$/);
        says['catalogue'] = more.answer;
        await press(place, /^Show more$/);
        await place.locator('.more[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'more that do not come',
      focus: /^button .*Show more/s,
      async go(place) {
        more.go(cutOff);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'more',
      focus: /^button .*Speckled mug/s,
      async go(place) {
        says['catalogue'] = async route => {
          const response = await route.fetch({ postData: '{}' });
          const { data, ...rest } = (await response.json()) as { data: Catalogue };
          const products = data.products.map(card => ({ ...card, id: `${card.id}-more` }));
          await route.fulfill({ response, json: { ...rest, data: { ...data, products } } });
        };
        await press(place, /^Show more$/);
        await place.locator('[data-id$=-more]').first().waitFor();
      },
    },
  ];
};

const lookAt = async (place: Place, name: RegExp) => {
  await press(place, /^All products$/);
  await press(place, name);
};
const fromAbove = { url: broken, width: 480, height: 480, alt: 'From above' };

/** From the shelf, through products of every kind. */
export const rareProducts = (says: Answers): readonly Stop[] => {
  const plate = heldBack();
  return [
    {
      name: 'product on its way',
      focus: /^h2 .*Dinner plate/s,
      async go(place) {
        says['product'] = plate.answer;
        await press(place, /^Dinner plate/);
        await place.locator('.facts .bone').first().waitFor();
      },
    },
    {
      name: 'a variant that is sold out',
      focus: /^input option/,
      async go(place) {
        plate.go();
        await place.getByRole('radio', { name: /^Oat/ }).check({ force: true });
        await place.getByRole('button', { name: 'Sold out' }).waitFor();
      },
    },
    {
      name: 'a product that is sold out, without a picture',
      focus: /^h2 .*Planter/s,
      async go(place) {
        says['product'] = changeReply<Writable<Product>>(data => {
          data.images = [];
          data.variants = data.variants.map(one => ({ ...one, available: false }));
        });
        await lookAt(place, /^Planter/);
        await place.getByRole('button', { name: 'Sold out' }).waitFor();
      },
    },
    {
      name: 'several pictures, one of which does not come',
      focus: /^button /,
      async go(place) {
        says['product'] = changeReply<Writable<Product>>(data => {
          data.images = [...data.images, ...data.images, fromAbove, ...data.images, ...data.images];
        });
        await lookAt(place, /^Teapot/);
        await press(place, /^From above$/);
        await place.locator('.gallery .picture > span').waitFor();
      },
    },
    {
      name: 'a product that does not come',
      focus: /^h2 .*Water carafe/s,
      async go(place) {
        says['product'] = cutOff;
        await lookAt(place, /^Water carafe/);
        await alert(place, /could not be reached/);
      },
    },
    {
      name: 'a product that is gone',
      focus: /^h2 .*Water carafe/s,
      async go(place) {
        says['product'] = refuse('UNKNOWN_PRODUCT', [], 404);
        await press(place, /^Try again$/);
        await alert(place, /not offered any more/);
        assert.equal(await place.getByRole('button', { name: 'Try again' }).count(), 0);
      },
    },
    {
      name: 'one whose variants are few',
      focus: /^h2 .*Bottle vase/s,
      async go(place) {
        delete says['product'];
        await lookAt(place, /^Bottle vase/);
        await place.getByText(/^Only \d left/).waitFor();
      },
    },
  ];
};
