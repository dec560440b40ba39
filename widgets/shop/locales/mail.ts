/** What mails to customers and ways to pay say. `{name}`, `{number}` and `{business}` are filled in. */
import { languageFor } from '../../../schemas/mail/index.ts';

interface Message {
  readonly subject: string;
  readonly title: string;
  readonly lead: string;
}

export interface ShopWords {
  readonly placed: Message;
  readonly shipped: Message;
  /** Of what is collected. */
  readonly ready: Message;
  readonly cancelled: Message;
  readonly number: string;
  readonly discount: string;
  readonly tax: string;
  readonly taxIncluded: string;
  readonly total: string;
  readonly payment: string;
  readonly address: string;
  readonly tracking: string;
  readonly open: string;
  /** Before the number of the order, in a transfer. */
  readonly reference: string;
  readonly payments: Readonly<Record<'transfer' | 'delivery' | 'pickup', string>>;
}

const en: ShopWords = {
  placed: {
    subject: 'Your order {number} at {business}',
    title: 'Thank you for your order',
    lead: 'Hello {name}, we have received your order and keep its goods for you.',
  },
  shipped: {
    subject: 'On its way: order {number}',
    title: 'Your order is on its way',
    lead: 'Hello {name}, we have handed your order over.',
  },
  ready: {
    subject: 'Ready for you: order {number}',
    title: 'Your order is ready',
    lead: 'Hello {name}, your order can be collected.',
  },
  cancelled: {
    subject: 'Cancelled: order {number}',
    title: 'Your order is cancelled',
    lead: 'Hello {name}, nothing will be sent, and there is nothing left to pay.',
  },
  number: 'Order',
  discount: 'Discount',
  tax: 'Tax',
  taxIncluded: 'Tax included',
  total: 'Total',
  payment: 'Payment',
  address: 'Address',
  tracking: 'Tracking',
  open: 'See your order',
  reference: 'Reference',
  payments: { transfer: 'Bank transfer', delivery: 'On delivery', pickup: 'When you collect it' },
};

const de: ShopWords = {
  placed: {
    subject: 'Ihre Bestellung {number} bei {business}',
    title: 'Vielen Dank für Ihre Bestellung',
    lead: 'Guten Tag {name}, Ihre Bestellung ist bei uns, und die Ware ist für Sie reserviert.',
  },
  shipped: {
    subject: 'Unterwegs: Bestellung {number}',
    title: 'Ihre Bestellung ist unterwegs',
    lead: 'Guten Tag {name}, wir haben Ihre Bestellung abgeschickt.',
  },
  ready: {
    subject: 'Abholbereit: Bestellung {number}',
    title: 'Ihre Bestellung liegt bereit',
    lead: 'Guten Tag {name}, Sie können Ihre Bestellung abholen.',
  },
  cancelled: {
    subject: 'Storniert: Bestellung {number}',
    title: 'Ihre Bestellung ist storniert',
    lead: 'Guten Tag {name}, es wird nichts geliefert, und es ist nichts mehr zu bezahlen.',
  },
  number: 'Bestellung',
  discount: 'Rabatt',
  tax: 'Steuer',
  taxIncluded: 'Enthaltene Steuer',
  total: 'Summe',
  payment: 'Zahlung',
  address: 'Adresse',
  tracking: 'Sendungsverfolgung',
  open: 'Bestellung ansehen',
  reference: 'Verwendungszweck',
  payments: { transfer: 'Überweisung', delivery: 'Bei Lieferung', pickup: 'Bei Abholung' },
};

const es: ShopWords = {
  placed: {
    subject: 'Su pedido {number} en {business}',
    title: 'Gracias por su pedido',
    lead: 'Hola, {name}: hemos recibido su pedido y le reservamos los artículos.',
  },
  shipped: {
    subject: 'En camino: pedido {number}',
    title: 'Su pedido está en camino',
    lead: 'Hola, {name}: hemos enviado su pedido.',
  },
  ready: {
    subject: 'Listo: pedido {number}',
    title: 'Su pedido está listo',
    lead: 'Hola, {name}: ya puede recoger su pedido.',
  },
  cancelled: {
    subject: 'Cancelado: pedido {number}',
    title: 'Su pedido está cancelado',
    lead: 'Hola, {name}: no se enviará nada y no queda nada por pagar.',
  },
  number: 'Pedido',
  discount: 'Descuento',
  tax: 'Impuestos',
  taxIncluded: 'Impuestos incluidos',
  total: 'Total',
  payment: 'Pago',
  address: 'Dirección',
  tracking: 'Seguimiento',
  open: 'Ver el pedido',
  reference: 'Concepto',
  payments: { transfer: 'Transferencia bancaria', delivery: 'Contra reembolso', pickup: 'Al recogerlo' },
};

const cs: ShopWords = {
  placed: {
    subject: 'Vaše objednávka {number} u {business}',
    title: 'Děkujeme za objednávku',
    lead: 'Dobrý den, {name}, objednávku jsme přijali a zboží vám držíme.',
  },
  shipped: {
    subject: 'Na cestě: objednávka {number}',
    title: 'Vaše objednávka je na cestě',
    lead: 'Dobrý den, {name}, objednávku jsme odeslali.',
  },
  ready: {
    subject: 'Připraveno: objednávka {number}',
    title: 'Vaše objednávka je připravena',
    lead: 'Dobrý den, {name}, objednávku si můžete vyzvednout.',
  },
  cancelled: {
    subject: 'Zrušeno: objednávka {number}',
    title: 'Vaše objednávka je zrušena',
    lead: 'Dobrý den, {name}, nic vám nepošleme a nic už neplatíte.',
  },
  number: 'Objednávka',
  discount: 'Sleva',
  tax: 'Daň',
  taxIncluded: 'Z toho daň',
  total: 'Celkem',
  payment: 'Platba',
  address: 'Adresa',
  tracking: 'Sledování zásilky',
  open: 'Zobrazit objednávku',
  reference: 'Zpráva pro příjemce',
  payments: { transfer: 'Převodem', delivery: 'Dobírkou', pickup: 'Při převzetí' },
};

export const shopWords = { en, de, es, cs } as const;

/** The language for a reader's locale, and the locale that writes amounts in it. */
export const languageOf = (asked: string) => languageFor(shopWords, asked);
