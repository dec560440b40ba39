/** The first view: products with their pictures and prices, by category, found by a word. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../../kit/icons.ts';
import { part } from '../../kit/part.ts';
import type { InlayShop } from './shop-element.ts';
import type { Card, Picture } from './shop-types.ts';

/** Fetches all that follows the grid; nothing where it cannot be had. */
export const next = () => part(() => import('./next.ts')).catch(() => {});

const plus = 'M10 4v12M4 10h12';
/** So many are seen at a glance. */
const few = 12;

/** A picture in a place that is kept for it; the first letter of the name where there is none, or it does not come. */
export const picture = (image: Picture | null | undefined, name: string, eager = false): TemplateResult =>
  html`<span class="picture"><span aria-hidden="true">${name[0]}</span>${
    image &&
    html`<img src=${image.url} width=${image.width} height=${image.height} alt=${image.alt === name ? '' : (image.alt ?? '')} loading=${eager ? 'eager' : 'lazy'}
      decoding="async" @error=${(event: Event) => (event.target as Element).remove()} />`
  }</span>`;

const card = (el: InlayShop, product: Card, at: number): TemplateResult => {
  const { t } = el;
  const { id, name, image, from, available, compareAt, variant } = product;
  const price = el.money(product.price);
  return html`<li class="card">
    <button class=${available ? 'product' : 'product out'} data-id=${id} @click=${() => el.show(id, true, product)}>
      ${picture(image, name, at < 4)}
      <b>${name}</b>
      <span class="price">${from ? t('price.from', { price }) : price}
        ${compareAt && html`<s><span class="sr">${t('price.before')} </span>${el.money(compareAt)}</s>`}</span>
      ${available ? '' : html`<small>${t('out')}</small>`}
    </button>
    ${
      variant && available
        ? html`<button class="quick" aria-label=${t('add.name', { name })} @click=${() => el.put(id, name, variant)}>${icon('', plus)}</button>`
        : ''
    }
  </li>`;
};

const tabs = (el: InlayShop): TemplateResult | '' => {
  const { t, query } = el;
  const { categories } = el.catalogue;
  const tab = (slug: string, name: string) =>
    html`<button class="tab" aria-pressed=${(query.category ?? '') === slug && !query.q} @click=${() => el.browse(slug ? { category: slug } : {})}>${name}</button>`;
  return categories[1]
    ? html`<div class="tabs" role="group" aria-label=${t('grid.categories')}>
        ${tab('', t('grid.all'))}${categories.map(({ slug, name }) => tab(slug, name))}
      </div>`
    : '';
};

const search = (el: InlayShop): TemplateResult | '' => {
  const { t, query, catalogue } = el;
  if (!catalogue.products[few] && !catalogue.next) return '';
  return html`<input class="search" type="search" maxlength="80" placeholder=${t('grid.search')} aria-label=${t('grid.search')} .value=${query.q ?? ''} @focus=${next}
    @input=${(event: Event) => {
      const q = (event.target as HTMLInputElement).value;
      el.browse(q.trim() ? { q } : {});
    }} />`;
};

export const gridView = (el: InlayShop): TemplateResult => {
  const { t, query, notice, catalogue, busy } = el;
  const { products, next: cursor } = el.list;
  const category = catalogue.categories.find(({ slug }) => slug === query.category);
  const more = query.cursor;
  // A cart that is full is no better for another try, and the button for more products is one.
  const again =
    more || notice === t('problem.CART_FULL')
      ? ''
      : html`<button class="link" @click=${() => el.again(() => el.browse(query))}>${t('retry')}</button>`;
  const alert = notice && html`<p class="notice" role="alert">${notice} ${again}</p>`;
  return html`<section class=${el.folded ? 'folded' : ''} @click=${el.unfold} @focusin=${el.unfold}>
    <h2 tabindex="-1">${category?.name ?? t('grid.title')}</h2>
    ${more ? '' : alert}
    <div class="finder">${tabs(el)}${search(el)}</div>
    <ul class="products" aria-busy=${busy} @pointerenter=${next} @focusin=${next}>
      ${products.map((product, at) => card(el, product, at))}
    </ul>
    ${products[0] || busy || notice ? '' : html`<p role="status">${t(query.q || query.category ? 'grid.nothing' : 'grid.none')}</p>`}
    ${more ? alert : ''}
    ${el.folded ? html`<div class="rest"><button class="plain">${t('grid.more')}</button></div>` : cursor ? html`<button class="plain more" aria-busy=${busy} @click=${() => el.browse({ ...query, cursor })}>${t('grid.more')}</button>` : ''}
  </section>`;
};
