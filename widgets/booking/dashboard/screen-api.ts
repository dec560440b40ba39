/** What the desk hands to a screen, and the records this one reads. */
import type { ManifestJson } from '../../../schemas/module/manifest.ts';

export interface EntityAddress {
  readonly module: string;
  readonly version: number;
  readonly entity: string;
}

export interface ScreenApi {
  list<T>(
    at: EntityAddress,
    query: {
      readonly filter?: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
      readonly sort?: string;
      readonly size?: number;
      readonly after?: string | null;
    },
  ): Promise<{ readonly data: readonly T[]; readonly page: { readonly after: string | null } }>;
  transition<T>(at: EntityAddress, id: string, name: string, intent: string): Promise<T>;
}

export interface ScreenClient {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}

export type Status = 'held' | 'pending' | 'confirmed' | 'completed' | 'noShow' | 'cancelled' | 'expired';

export interface Appointment {
  readonly id: string;
  readonly status: Status;
  readonly service: string;
  readonly resource: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly note: string | null;
  readonly price: { readonly amount: number; readonly currency: string } | null;
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly title?: string | null;
}

/** Major version of the calendar that booking requires: `^1.0.0` -> 1. */
export const calendarVersion = (manifest: ManifestJson): number =>
  Number.parseInt((manifest.requires?.['calendar']?.range ?? '1').replace(/\D*/, ''), 10);

export const bookingAddress = (manifest: ManifestJson, entity: string): EntityAddress => ({
  module: 'booking',
  version: Number.parseInt(manifest.version, 10),
  entity,
});
