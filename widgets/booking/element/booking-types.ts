/** What the booking module says to its widgets: the catalogue and the replies of its actions. */

export interface Catalogue {
  readonly business: { readonly name: string; readonly zone: string };
  readonly services: readonly Service[];
  readonly staff: readonly Staff[];
  readonly phone: 'optional' | 'required' | 'off';
}

export interface Service {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description?: string | null;
  /** Minutes. */
  readonly durations: readonly number[];
  /** Minor units and ISO 4217 code. */
  readonly price: { readonly amount: number; readonly currency: string } | null;
}

export interface Staff {
  readonly id: string;
  readonly name: string;
  readonly title?: string | null;
  /** Ids of the services they give. */
  readonly services: readonly string[];
}

export interface Query {
  readonly service: string;
  readonly staff?: string | undefined;
  readonly duration?: number | undefined;
}

export interface Availability {
  readonly zone: string;
  readonly days: readonly { readonly date: string; readonly slots: readonly string[] }[];
  /** The first day with a free time at or after the end of an empty range. */
  readonly next: string | null;
}

export interface Held {
  readonly hold: string;
  readonly staff: { readonly id: string; readonly name: string };
  readonly start: string;
  readonly end: string;
  readonly expiresAt: string;
}

export interface Confirmed {
  readonly id: string;
  readonly status: 'confirmed' | 'pending';
  readonly service: { readonly name: string };
  readonly staff: { readonly name: string } | null;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly manageUrl: string;
  /** An iCalendar object (RFC 5545). */
  readonly ics: string;
}

export interface Booking {
  readonly id: string;
  readonly status: 'pending' | 'confirmed' | 'completed' | 'noShow' | 'cancelled' | 'expired';
  /** False where the link is an old one. */
  readonly current: boolean;
  readonly service: { readonly id: string; readonly name: string; readonly durations?: readonly number[] };
  readonly staff: { readonly id: string; readonly name: string } | null;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly canReschedule: boolean;
  readonly canCancel: boolean;
}
