/** What the page keeps of a cart, and what it does without. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import './inlay-shop.ts';
import type { InlayShop } from './shop-element.ts';
import { fakeClient } from './testing.ts';

const key = 'inlay.shop.';

const open = async () => {
  const el = document.createElement('inlay-shop') as InlayShop;
  el.client = fakeClient();
  document.body.append(el);
  await until(() => el.frame?.querySelector('h2'));
  return el;
};

const kept = () => JSON.parse(localStorage.getItem(key) ?? 'null');

describe('a cart', () => {
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-shop')) el.remove();
    localStorage.clear();
  });

  it('stores nothing until something is in it, and nothing once it is empty again', async () => {
    const { cart } = await open();
    same(localStorage.length, 0);
    cart.add('vase-1', 2);
    same(kept(), [{ variant: 'vase-1', quantity: 2 }]);
    cart.put([]);
    same(localStorage.length, 0);
  });

  it('is there again on the next page, without what is no line', async () => {
    const strange = [
      { variant: 'mug-00', quantity: 3 },
      { variant: 7, quantity: 1 },
      { variant: 'a', quantity: 1e9 },
      {},
    ];
    localStorage.setItem(key, JSON.stringify(strange));
    const { cart } = await open();
    same(cart.lines, [{ variant: 'mug-00', quantity: 3 }]);
    for (const text of ['{"no":"list"}', 'no json', 'null', '[null]']) {
      localStorage.setItem(key, text);
      cart.open();
      same(cart.lines, [], text);
    }
  });

  it('is one for each site', async () => {
    const el = await open();
    el.cart.add('vase-1', 1);
    const context = { m: 'shop', v: 1, key: 'another', api: '', theme: {}, page: {}, open: async () => ({}) };
    const other = document.createElement('inlay-shop') as InlayShop;
    Object.assign(other, { context });
    other.cart.open();
    same(other.cart.count, 0);
  });

  it('adds to a line that is there, up to what can be ordered at once', async () => {
    const { cart } = await open();
    cart.add('vase-1', 98);
    cart.add('vase-1', 5);
    same(cart.lines, [{ variant: 'vase-1', quantity: 99 }]);
    cart.put(Array.from({ length: 50 }, (_, n) => ({ variant: `v${n}`, quantity: 1 })));
    ok(!cart.add('one more', 1), 'fifty lines are all');
    ok(cart.add('v7', 1), 'what is there may be more');
  });

  it('follows what another tab puts into it', async () => {
    const el = await open();
    dispatchEvent(new StorageEvent('storage', { key: 'of the page', newValue: '[]' }));
    dispatchEvent(new StorageEvent('storage', { key, newValue: '[{"variant":"bowl-1","quantity":4}]' }));
    await el.updateComplete;
    same(el.frame.querySelector('.count')?.textContent, '4');
    dispatchEvent(new StorageEvent('storage', { key, newValue: null }));
    await el.updateComplete;
    same(el.cart.count, 0);
  });

  it('does without a storage that throws', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    try {
      const { cart, frame, updateComplete } = await open();
      cart.add('vase-1', 1);
      await updateComplete;
      await until(() => frame.querySelector('.count'));
    } finally {
      Object.defineProperty(window, 'localStorage', own);
    }
  });
});
