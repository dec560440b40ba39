/** The id that logs, problems and the reply of a request share. */
import { uuidv7 } from 'uuidv7';

const WELL_FORMED = /^[A-Za-z0-9._-]{8,64}$/;

/** A well-formed `X-Request-Id` of the caller is kept. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given !== null && WELL_FORMED.test(given) ? given : uuidv7();
}
