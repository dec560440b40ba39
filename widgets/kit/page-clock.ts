/** The one place where browser code of widgets reads the time, so that a test can say what it is. */
let read: () => number = Date.now;

/** Epoch milliseconds. */
export const pageNow = (): number => read();

/** Puts another clock in its place; hands back what restores the one before. */
export const setPageClock = (clock: () => number): (() => void) => {
  const before = read;
  read = clock;
  return () => {
    read = before;
  };
};
