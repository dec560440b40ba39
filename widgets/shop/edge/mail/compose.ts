/** Puts a mail about an order into the customer's words. */
import { html, oneLine, type Page, plainText } from '../../../../schemas/mail/index.ts';
import type { Address } from '../../../../schemas/module/index.ts';
import { formatMoney, type Money } from '../../../../schemas/money/index.ts';
import { languageOf, shopWords } from '../../locales/mail.ts';
import type { Order, OrderLine } from '../context.ts';

export type MailKind = 'placed' | 'shipped' | 'cancelled';

export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const addressText = (locale: string, { line1, line2, postalCode, city, region, country }: Address): string => {
  const land = new Intl.DisplayNames(locale, { type: 'region' }).of(country);
  return [line1, line2, [postalCode, city].filter(Boolean).join(' '), region, land].filter(Boolean).join(', ');
};

/** `url` is the order's page; `instructions` say how to transfer. */
export const compose = (
  kind: MailKind,
  order: Order,
  lines: readonly OrderLine[],
  business: string,
  { url, instructions }: { readonly url: string; readonly instructions?: string | undefined },
): Composed => {
  const { language, locale } = languageOf(order.locale);
  const words = shopWords[language];
  const message = kind === 'shipped' && order.shippingKind === 'pickup' ? words.ready : words[kind];
  const known: Readonly<Record<string, string>> = {
    name: oneLine(order.name),
    number: order.number ?? '',
    business: oneLine(business),
  };
  const say = (pattern: string): string => pattern.replace(/\{(\w+)\}/g, (_, key: string) => known[key] ?? '');
  const amount = (money: Money) => formatMoney(money, locale);
  const row = (label: string, value: string | null | undefined): [string, string][] =>
    value ? [[label, oneLine(value)]] : [];
  const isGone = kind === 'cancelled';
  const page: Page = {
    language,
    title: say(message.title),
    lead: say(message.lead),
    rows: [
      ...row(words.number, order.number),
      ...lines.flatMap(({ label, quantity, unit }) =>
        row(oneLine(label), amount({ ...unit, amount: unit.amount * quantity })),
      ),
      ...(order.discount.amount > 0
        ? row(
            order.code ? `${words.discount} (${order.code})` : words.discount,
            amount({ ...order.discount, amount: -order.discount.amount }),
          )
        : []),
      ...row(order.shippingName, amount(order.shippingPrice)),
      ...(order.tax.amount > 0 ? row(order.taxIncluded ? words.taxIncluded : words.tax, amount(order.tax)) : []),
      ...row(words.total, amount(order.total)),
      ...(isGone ? [] : row(words.payment, words.payments[order.payment])),
      ...(isGone || !order.address ? [] : row(words.address, addressText(locale, order.address))),
      ...(isGone ? [] : row(words.tracking, order.tracking)),
    ],
    ...(instructions ? { quote: instructions } : {}),
    button: { label: words.open, url },
    sender: oneLine(business),
  };
  return { subject: say(message.subject), text: plainText(page), html: html(page) };
};
