/** What the shop says to its widgets: the catalogue and the replies of its actions. */

/** Minor units and ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface Picture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly alt?: string | null;
}

/** What a visitor wants so many of. */
export interface CartLine {
  readonly variant: string;
  readonly quantity: number;
}

export interface Card {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly image?: Picture | null;
  /** The lowest of its variants. */
  readonly price: Money;
  /** Whether some variant costs more. */
  readonly from: boolean;
  readonly compareAt?: Money | null;
  readonly available: boolean;
  /** Its id where there is only one. */
  readonly variant?: string | null;
}

export interface Catalogue {
  readonly business: { readonly name: string; readonly currency: string };
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  readonly products: readonly Card[];
  /** Cursor of the next page. */
  readonly next?: string | null;
}

export interface Query {
  /** Slug of a category. */
  readonly category?: string;
  readonly q?: string;
  readonly cursor?: string;
}

export interface Variant {
  readonly id: string;
  /** One for each option of the product. */
  readonly values: readonly string[];
  readonly price: Money;
  readonly compareAt?: Money | null;
  readonly available: boolean;
  /** Told when there are few. */
  readonly left?: number | null;
}

export interface Product {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description?: string | null;
  readonly images: readonly Picture[];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly variants: readonly Variant[];
}

export interface PricedLine {
  readonly variant: string;
  /** Slug. */
  readonly product: string;
  readonly name: string;
  readonly options: string;
  readonly image?: Picture | null;
  readonly quantity: number;
  readonly unit: Money;
  readonly total: Money;
  readonly discount: Money;
  readonly left?: number | null;
  readonly problem?: 'OUT_OF_STOCK' | 'NOT_OFFERED' | null;
}

export interface Tax {
  /** Whether prices have it in them. */
  readonly included: boolean;
  readonly amount: Money;
  readonly lines: readonly { readonly rate: string; readonly amount: Money }[];
}

export interface ShippingOption {
  readonly id: string;
  readonly name: string;
  readonly kind: 'ship' | 'pickup';
  readonly price: Money;
  readonly note?: string | null;
}

export interface Quote {
  /** Hash of all that the total is made of. */
  readonly version: string;
  readonly lines: readonly PricedLine[];
  readonly subtotal: Money;
  readonly discount: Money;
  readonly code?: { readonly code: string; readonly label?: string | null; readonly problem?: string | null } | null;
  readonly shipping: {
    readonly options: readonly ShippingOption[];
    readonly chosen?: string | null;
    readonly price: Money;
  };
  readonly tax: Tax;
  readonly total: Money;
  readonly payments: readonly { readonly id: string; readonly name: string }[];
  /** How the total came about, in order. */
  readonly why: readonly { readonly label: string; readonly amount: Money }[];
}

export interface Payment {
  readonly id: string;
  readonly instructions?: string | null;
}

export interface Placed {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly total: Money;
  readonly payment: Payment;
  /** Page of the order, with its token. */
  readonly url: string;
}

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly placedAt: string;
  readonly status: 'open' | 'completed' | 'cancelled';
  readonly paymentStatus: string;
  readonly fulfilmentStatus: string;
  readonly lines: readonly PricedLine[];
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: { readonly name: string; readonly kind: 'ship' | 'pickup'; readonly price: Money };
  readonly tax: Tax;
  readonly total: Money;
  readonly payment: Payment;
  readonly tracking?: string | null;
  readonly canCancel: boolean;
  readonly name: string;
}
