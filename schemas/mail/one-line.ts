/** Text that fits a mail's header, a calendar file or a list. */

/** One line: line breaks and other control characters become a space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
