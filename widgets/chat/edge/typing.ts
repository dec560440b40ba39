/** That somebody is typing, which ends by itself. */

/** How long it holds, in milliseconds. */
export const TYPING = 8_000;
const RENEWED = 4_000;

/** Whether what somebody says of their typing is worth a write. */
export const isNews = (until: number | null, typing: boolean, now: number): boolean =>
  typing ? (until ?? 0) < now + RENEWED : (until ?? 0) > now;
