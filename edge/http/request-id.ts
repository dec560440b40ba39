/** The id that logs, problems and the reply of a request share. */
import { V7Generator } from 'uuidv7';

const WELL_FORMED = /^[A-Za-z0-9._-]{8,64}$/;

/** Chance is asked for in one go for some hundred ids: each call of the system for a few bytes costs more than the id. */
const chance = new Uint32Array(1024);
let drawn = chance.length;
const ids = new V7Generator({
  nextUint32() {
    if (drawn === chance.length) {
      crypto.getRandomValues(chance);
      drawn = 0;
    }
    return chance[drawn++]!;
  },
});

/** A well-formed `X-Request-Id` of the caller is kept. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given !== null && WELL_FORMED.test(given) ? given : ids.generate().toString();
}
