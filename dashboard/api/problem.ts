/** The one error that every call of the dashboard throws. */
import type { FieldProblem, ProblemDetails } from '../../schemas/errors/index.ts';

/** A refused or failed request. `status` is 0 and `code` NETWORK when the server was not reached. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];
  readonly details: Partial<ProblemDetails>;

  constructor(details: Partial<ProblemDetails> & { readonly status: number; readonly code: string }) {
    super(details.detail ?? details.title ?? details.code);
    this.status = details.status;
    this.code = details.code;
    this.errors = details.errors ?? [];
    this.details = details;
  }

  /** Reads problem+json; a body that is none becomes a problem of the same status. */
  static async from(response: Response): Promise<ApiProblem> {
    const body: unknown = await response.json().catch(() => null);
    const details = body && typeof body === 'object' ? (body as Partial<ProblemDetails>) : {};
    return new ApiProblem({ ...details, status: response.status, code: details.code ?? `HTTP_${response.status}` });
  }

  static network(): ApiProblem {
    return new ApiProblem({ status: 0, code: 'NETWORK' });
  }
}

/** Any thrown value as a problem, so that screens handle one type. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem({ status: 0, code: 'UNEXPECTED', detail: error instanceof Error ? error.message : String(error) });
