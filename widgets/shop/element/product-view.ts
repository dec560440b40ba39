/** A product with its pictures, options, price, and the button that it is all about. */
import { html, type TemplateResult } from 'lit';
import type { ClientError } from '../../../embed-sdk/types.ts';
import { icon } from '../../kit/icons.ts';
import type { ProductPage } from './product-page.ts';
import type { Picture } from './shop-types.ts';
import { stepper } from './stepper.ts';

const gallery = (page: ProductPage, name: string, images: readonly Picture[]): TemplateResult => {
  const { host, shown } = page;
  const look = (at: number) => {
    page.shown = at;
    host.requestUpdate();
  };
  return html`<div class="gallery">
    ${host.picture(images[shown] ?? images[0], name, true)}
    ${
      images[1]
        ? html`<div class="thumbs">
            ${images.map(
              (
                image,
                at,
              ) => html`<button aria-pressed=${at === shown} aria-label=${image.alt || host.t('product.picture', { n: at + 1 })} @click=${() => look(at)}>
                <img src=${image.url} width=${image.width} height=${image.height} alt="" />
              </button>`,
            )}
          </div>`
        : ''
    }
  </div>`;
};

const options = (page: ProductPage): unknown => {
  const { product, values, host } = page;
  return product!.options.map(({ name, values: offered }, option) =>
    offered[1]
      ? html`<fieldset>
          <legend>${name}</legend>
          ${offered.map(value => {
            const there = page.offers(option, value);
            return html`<label class=${there ? 'choice' : 'choice out'}>
              <input type="radio" name="option-${option}" value=${value} .checked=${values[option] === value} @change=${() => page.choose(option, value)} />
              <span>${value}${there ? '' : html`<span class="sr">, ${host.t('out')}</span>`}</span>
            </label>`;
          })}
        </fieldset>`
      : '',
  );
};

const buying = (page: ProductPage): TemplateResult => {
  const { host, product, variant, quantity } = page;
  const { t } = host;
  const left = variant?.left;
  const available = !!variant?.available;
  const change = (value: number) => {
    page.quantity = value;
    host.requestUpdate();
  };
  return html`${options(page)}
    ${available && left ? html`<p class="left">${t('left', { n: left })}</p>` : ''}
    <div class="buy">
      ${available ? stepper({ t, name: product!.name, value: quantity, most: left || 99, onChange: change }) : ''}
      <button class="go" ?disabled=${!available} @click=${() => page.add()}>${t(available ? 'add' : 'out')}</button>
    </div>
    ${
      host.news
        ? html`<p class="news">${icon('check')} ${host.news} <button class="link" @click=${() => host.go('cart')}>${t('cart.look')}</button></p>`
        : ''
    }
    ${product!.description ? html`<p class="about">${product!.description}</p>` : ''}`;
};

/** What is not offered any more does not come back for being asked for. */
const retry = ({ host, data }: ProductPage, { code }: ClientError) =>
  code === 'UNKNOWN_PRODUCT'
    ? ''
    : html`<button class="plain" @click=${() => host.again(data.retry)}>${host.t('retry')}</button>`;

export const productView = (page: ProductPage): TemplateResult => {
  const { host, product, variant, data } = page;
  const { t, notice } = host;
  // What the grid knows of it is there at once.
  const known = product ?? host.card;
  const name = known?.name ?? '';
  const card = host.card;
  const price = variant?.price ?? card?.price;
  const compareAt = product ? variant?.compareAt : card?.compareAt;
  const images = product?.images ?? (card?.image ? [card.image] : []);
  const wrong = notice || (data.error && host.explain(data.error));
  return html`<section class="page">
    ${host.product ? '' : html`<button class="link way" @click=${() => host.back()}>${icon('back')} ${t('grid.all.back')}</button>`}
    <div class="two">
      ${data.error && !known ? '' : gallery(page, name, images)}
      <div class="facts">
        <h2 tabindex="-1">${name || (data.error ? t('open') : html`<i class="bone title"></i>`)}</h2>
        ${
          price
            ? html`<p class="price large">${!product && card?.from ? t('price.from', { price: host.money(price) }) : host.money(price)}
          ${compareAt && html`<s><span class="sr">${t('price.before')} </span>${host.money(compareAt)}</s>`}</p>`
            : ''
        }
        ${wrong ? html`<p class="notice" role="alert">${wrong}</p>` : ''}
        ${product ? buying(page) : data.error ? retry(page, data.error) : html`<i class="bone"></i><i class="bone"></i>`}
      </div>
    </div>
  </section>`;
};
