/** Where a session's strings have the lengths of its prefetch. */
/** Key of a length's text among the strings of a session; whole minutes. */
export const lengthWord = (minutes: number): string => `length.${minutes}`;
