/** What erasing one person would do, and the proof of what it did. */

/** A record that is left as it is, since a law has it kept. */
export interface KeptRecord {
  readonly entity: string;
  readonly id: string;
  /** A date of the client's zone. */
  readonly until: string;
  /** As the module's manifest says it. */
  readonly because: string;
}

/** `entity` is `module.entity`. */
export interface RecordName {
  readonly entity: string;
  readonly id: string;
}

/** What is there now; nothing is changed by looking. All of it is empty where nobody matches. */
export interface ErasurePreview {
  /** The e-mail addresses that go, by which it was found. */
  readonly addresses: readonly string[];
  /** Records that would be blanked, by entity, with the names of the fields that hold something. */
  readonly records: readonly { readonly entity: string; readonly count: number; readonly fields: readonly string[] }[];
  readonly kept: readonly KeptRecord[];
  /** Refer to the person and carry another address, or several people: left for somebody to judge. */
  readonly unclear: readonly RecordName[];
  readonly files: number;
  /** Copies of the store, which go too, since they would bring the person back. */
  readonly snapshots: number;
}

export interface ErasureProof {
  readonly clientId: string;
  readonly at: string;
  /** Keyed hashes of the addresses that were erased; they are refused when an archive brings them back. */
  readonly suppressed: readonly string[];
  readonly records: readonly (RecordName & { readonly columns: readonly string[] })[];
  /** Changes made by table of the engine's own, kept replies that were dropped, files that went. */
  readonly scrubbed: {
    readonly tables: Readonly<Record<string, number>>;
    readonly replies: number;
    readonly files: number;
    /** Mails of the outbox that were emptied; null where a service sends them. */
    readonly mails: number | null;
  };
  readonly unclear: readonly RecordName[];
  /** Left as they are, since a law has them kept. */
  readonly kept: readonly KeptRecord[];
  /** Where an erased e-mail or phone can still be read, beside what is kept by law; empty when the erasure is whole. */
  readonly residue: readonly { readonly table: string; readonly column: string; readonly rows: number }[];
  /** Whether the database's files were rewritten, so that deleted bytes are gone from them too. */
  readonly compacted: boolean;
  /** SHA-256 of everything above as JSON. */
  readonly hash: string;
}
