/** Global Privacy Control and Do Not Track, as browsers send them. */
export const asksNotToBeTracked = (headers: Headers): boolean =>
  headers.get('sec-gpc') === '1' || headers.get('dnt') === '1';
