/** JSON envelopes of the data plane (`/api/m/{module}/v{major}/...`). */

export interface RecordEnvelope<T> {
  readonly data: T;
}

export interface ListEnvelope<T> {
  readonly data: readonly T[];
  readonly page: {
    readonly size: number;
    /** Opaque, signed; null on the last page. */
    readonly after: string | null;
    /** With `count=exact`. */
    readonly total?: number;
  };
}

/** Fields that every record has. `rev` is its version and its ETag. */
export interface RecordBase {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly rev: number;
}
