/** TLS for host names of clients that lead to us. */
export interface HostCertificate {
  /** `front`: a server in front of us gets one when the name is first asked for. */
  readonly state: 'front' | 'pending' | 'ready' | 'failed';
  /** Records that spare the wait for the name's own record to be seen; none where that one is enough. */
  readonly records: readonly HostRecord[];
  /** Why it failed or what it waits for, in the issuer's words. */
  readonly reason: string | null;
}

export interface HostRecord {
  readonly type: 'CNAME' | 'TXT';
  readonly name: string;
  readonly value: string;
}

/** Every verb throws `CertificatesError`, and may be called again. */
export interface Certificates {
  /** Sees to it that a name has one, or will have; what had failed starts anew. */
  ensure(host: string): Promise<HostCertificate>;
  /** Undefined where nobody asked for one. */
  find(host: string): Promise<HostCertificate | undefined>;
  /** Forgets a name and its certificate; one that is not known is no error. */
  release(host: string): Promise<void>;
}

/** The issuer gave no answer that says anything about the name. */
export class CertificatesError extends Error {
  override readonly name = 'CertificatesError';
  /** Seconds to leave it alone, where it asked for that. */
  readonly retryAfter: number | undefined;
  constructor(message: string, { retryAfter, cause }: { readonly retryAfter?: number; readonly cause?: unknown } = {}) {
    super(message, { cause });
    this.retryAfter = retryAfter;
  }
}
