/** Problem details for HTTP APIs (RFC 9457): the one shape of every error reply. */
import { type ErrorCode, errorTable, type ModuleErrorStatus } from './codes.ts';

/** One thing wrong with the input. `pointer` is a JSON Pointer (RFC 6901) into the body. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  /** Left out of 404, so that a foreign id and an unknown one give the same bytes; the `X-Request-Id` header always has it. */
  readonly traceId?: string;
  readonly errors?: readonly FieldProblem[];
  /** Extension members, such as `allowed` transitions. */
  readonly [extension: string]: unknown;
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error with a stable code, thrown anywhere and turned into a reply in one place. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly options: ProblemOptions;

  private constructor(code: string, status: number, title: string, options: ProblemOptions) {
    super(options.detail ?? title, { cause: options.cause });
    this.code = code;
    this.status = status;
    this.title = title;
    this.options = options;
  }

  /** A platform error; status and title come from the table. */
  static of(code: ErrorCode, options: ProblemOptions = {}): Problem {
    const { status, title } = errorTable[code];
    return new Problem(code, status, title, options);
  }

  /** A module's own error, declared in its manifest. */
  static custom(code: string, status: ModuleErrorStatus, title: string, options: ProblemOptions = {}): Problem {
    return new Problem(code, status, title, options);
  }

  toJSON(traceId?: string): ProblemDetails {
    return {
      type: `https://inlay.dev/problems/${this.code.toLowerCase().replaceAll('_', '-')}`,
      title: this.title,
      status: this.status,
      ...(this.options.detail ? { detail: this.options.detail } : {}),
      code: this.code,
      ...(traceId && this.status !== 404 ? { traceId } : {}),
      ...(this.options.errors ? { errors: this.options.errors } : {}),
      ...this.options.extensions,
    };
  }
}
