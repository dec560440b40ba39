import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedFile } from '../../../edge/files/seed-file.ts';
import { eur, openShop } from './testing.ts';

interface Card {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly price: { readonly amount: number };
  readonly from: boolean;
  readonly compareAt: object | null;
  readonly available: boolean;
  readonly variant: string | null;
  readonly image: { readonly url: string; readonly width: number; readonly alt: string } | null;
}

interface Page {
  readonly business: object;
  readonly categories: readonly { readonly slug: string }[];
  readonly products: readonly Card[];
  readonly next: string | null;
}

test('pages of 24 in the order of the desk hold every product once', async t => {
  const shop = await openShop(t, { prices: Array.from({ length: 50 }, () => 1000) });
  const { admin } = shop.engine.actors;
  for (const id of shop.products.slice(0, 30)) await shop.engine.update(admin, 'shop', 'product', id, { position: 3 });
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const page: Page = await shop.ask<Page>('catalogue', cursor ? { cursor } : {});
    seen.push(...page.products.map(({ slug }) => slug));
    sizes.push(page.products.length);
    if (!page.next) break;
    cursor = page.next;
  }
  assert.deepEqual(sizes, [24, 24, 2]);
  assert.equal(new Set(seen).size, 50);
  const second = ['mug-0', 'mug-1', 'mug-10'];
  assert.deepEqual(seen.slice(0, 3), second, 'by position, then by name');
  for (const cursor of ['x', 'W10', Buffer.from('[1e99,1,2]').toString('base64url')]) {
    await assert.rejects(shop.ask('catalogue', { cursor }), { code: 'UNKNOWN_PAGE' });
  }
});

test('categories and words narrow it down, drafts and foreign currencies are not there', async t => {
  const shop = await openShop(t, { prices: [1000, 2000, 3000] });
  const { engine } = shop;
  const { admin } = engine.actors;
  const shelf = await engine.create(admin, 'shop', 'category', { name: 'Bowls', slug: 'bowls' });
  await engine.create(admin, 'shop', 'category', { name: 'Hidden', slug: 'hidden', active: false });
  const [a, b, c] = shop.products as [string, string, string];
  await engine.update(admin, 'shop', 'product', a, { categories: [shelf.id], name: 'Blue bowl' });
  await engine.update(admin, 'shop', 'product', b, { description: 'A bowl of 100 % clay_' });
  const slugs = async (input: object) => (await shop.ask<Page>('catalogue', input)).products.map(({ slug }) => slug);
  assert.deepEqual(
    (await shop.ask<Page>('catalogue', {})).categories.map(({ slug }) => slug),
    ['bowls'],
  );
  assert.deepEqual(await slugs({ category: 'bowls' }), ['mug-0']);
  assert.deepEqual(await slugs({ category: 'hidden' }), []);
  assert.deepEqual(await slugs({ category: 'unknown' }), []);
  assert.deepEqual(await slugs({ q: ' BOWL ' }), ['mug-0', 'mug-1']);
  assert.deepEqual(await slugs({ q: 'bowl blue' }), ['mug-0']);
  assert.deepEqual(await slugs({ q: '100 %' }), ['mug-1']);
  assert.deepEqual(await slugs({ q: '_' }), ['mug-1']);
  await engine.update(admin, 'shop', 'variant', shop.variants[1]!, { price: { amount: 1, currency: 'USD' } });
  await engine.update(admin, 'shop', 'product', c, { status: 'draft' });
  assert.deepEqual(await slugs({}), ['mug-0']);
});

test('a card has the lowest price, one variant where there is one, and says whether anything is left', async t => {
  const shop = await openShop(t, { stock: 6, prices: [2000, 900] });
  const { engine } = shop;
  const { admin } = engine.actors;
  const [product, other] = shop.products as [string, string];
  await engine.update(admin, 'shop', 'product', product, { options: ['Size'] });
  await engine.update(admin, 'shop', 'variant', shop.variants[0]!, { values: ['Large'], position: 1 });
  const small = { product, sku: 'S', values: ['Small'], price: eur(1500), compareAt: eur(1800) };
  await engine.create(admin, 'shop', 'variant', small);
  const file = await seedFile(engine, 'file-1', { acl: 'private' });
  await engine.update(admin, 'shop', 'product', product, { pictures: [file] });
  const card = async (id: string) => (await shop.ask<Page>('catalogue', {})).products.find(item => item.id === id)!;
  const first = await card(product);
  assert.deepEqual(
    [first.price, first.from, first.compareAt, first.available, first.variant],
    [eur(1500), true, eur(1800), true, null],
  );
  assert.match(
    first.image!.url,
    /\/api\/files\/file-1\/content\?client=client-1&.*variant=640x640-cover\.jpeg&signature=/,
  );
  assert.deepEqual([first.image!.width, first.image!.alt], [640, 'Mug 0']);
  const second = await card(other);
  assert.deepEqual([second.from, second.compareAt, second.variant], [false, null, shop.variants[1]]);
  await shop.order([{ variant: shop.variants[1]!, quantity: 6 }]);
  assert.equal((await card(other)).available, false);
  const whole = await shop.ask<{
    options: object[];
    images: { width: number }[];
    variants: { values: string[]; available: boolean; left: number | null }[];
  }>('product', { product: 'mug-0' });
  assert.deepEqual(whole.options, [{ name: 'Size', values: ['Small', 'Large'] }]);
  assert.deepEqual(
    whole.variants.map(({ values, available, left }) => [values, available, left]),
    [
      [['Small'], false, 0],
      [['Large'], true, null],
    ],
  );
  assert.equal(whole.images[0]!.width, 1280);
  const same = await shop.ask('product', { product });
  assert.deepEqual(same, whole);
  await shop.order([{ variant: shop.variants[0]!, quantity: 2 }]);
  const fewer = await shop.ask<typeof whole>('product', { product });
  assert.equal(fewer.variants[1]!.left, 4);
  await assert.rejects(shop.ask('product', { product: 'unknown' }), { code: 'UNKNOWN_PRODUCT' });
});
