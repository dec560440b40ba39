/** Counts what code leaves listening on the page. */

/** Runs `work` and hands back how many listeners on window and document it added and did not remove. */
export const pageListeners = async (work: () => Promise<void>): Promise<number> => {
  let listeners = 0;
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (this === window || this === document) {
      listeners++;
      const { signal } = (typeof options === 'object' && options) || {};
      if (signal) add.call(signal, 'abort', () => listeners--);
    }
    return add.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    if (this === window || this === document) listeners--;
    return remove.call(this, type, listener, options);
  };
  try {
    await work();
  } finally {
    EventTarget.prototype.addEventListener = add;
    EventTarget.prototype.removeEventListener = remove;
  }
  return listeners;
};
