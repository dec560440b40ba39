/** Every error code a caller can meet, with its HTTP status and title. The one place where a code gets its status. */
export const errorTable = {
  INVALID_REQUEST: { status: 400, title: 'The request could not be read' },
  INVALID_QUERY: { status: 400, title: 'The query is not understood' },
  AMBIGUOUS_LOCAL_TIME: { status: 422, title: 'That local time does not exist or happens twice' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  TOKEN_EXPIRED: { status: 401, title: 'The token has expired' },
  KEY_EXPIRED: { status: 401, title: 'The API key has expired' },
  FORBIDDEN: { status: 403, title: 'Not allowed' },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'This website is not on the allowed list' },
  CAPTCHA_REQUIRED: { status: 403, title: 'A proof is needed that this is no machine' },
  CAPTCHA_INVALID: { status: 403, title: 'The proof is not one for this' },
  CAPTCHA_EXPIRED: { status: 403, title: 'The proof has expired' },
  CAPTCHA_USED: { status: 409, title: 'The proof was used before' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  CONFLICT: { status: 409, title: 'Conflict' },
  ALREADY_EXISTS: { status: 409, title: 'It exists already' },
  IN_USE: { status: 409, title: 'It is still in use' },
  LOCKED: { status: 409, title: 'It can no longer be changed' },
  QUOTA_EXCEEDED: { status: 409, title: 'The allowance is used up' },
  INVALID_TRANSITION: { status: 409, title: 'That step is not possible from here' },
  IDEMPOTENCY_IN_FLIGHT: { status: 409, title: 'The same request is still running' },
  PRECONDITION_FAILED: { status: 412, title: 'It was changed by someone else' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Send application/json' },
  MISDIRECTED: { status: 421, title: 'This host is not served here' },
  VALIDATION_FAILED: { status: 422, title: 'Some fields need attention' },
  IDEMPOTENCY_MISMATCH: { status: 422, title: 'This idempotency key was used with another body' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side' },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable' },
  STORAGE_FULL: { status: 507, title: 'No space left' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorTable;
/** Statuses a module may give to a code of its own. */
export type ModuleErrorStatus = 400 | 403 | 404 | 409 | 410 | 422;
