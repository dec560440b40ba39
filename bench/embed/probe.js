/** Runs in the page before anything of it: notes when a widget shows its content, what shifts, what a policy refuses, what is stored. */
{
  const bench = {
    visible: null,
    shift: 0,
    violations: [],
    policies: [],
    stored: [],
    errors: [],
    interactions: [],
    ready: 0,
    failed: [],
    fallback: null,
  };
  Object.defineProperty(window, '__bench', { value: bench, enumerable: false });

  const observe = (type, note, options) =>
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
  observe('layout-shift', entry => {
    if (!entry.hadRecentInput) bench.shift += entry.value;
  });
  observe('event', entry => entry.interactionId && bench.interactions.push(entry.duration), { durationThreshold: 16 });

  addEventListener(
    'securitypolicyviolation',
    event => bench.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
    true,
  );
  // A file that did not come is an event at its element, and no error of a script.
  addEventListener('error', event => event instanceof ErrorEvent && bench.errors.push(event.message), true);
  addEventListener('unhandledrejection', event => bench.errors.push(`${event.reason}`));
  addEventListener('inlay:ready', () => bench.ready++);
  addEventListener('inlay:error', event => bench.failed.push(event.detail?.code));

  if (window.trustedTypes) {
    const { createPolicy } = TrustedTypePolicyFactory.prototype;
    TrustedTypePolicyFactory.prototype.createPolicy = function (name, ...rest) {
      bench.policies.push(name);
      return createPolicy.call(this, name, ...rest);
    };
  }

  for (const method of ['setItem', 'getItem', 'removeItem']) {
    const own = Storage.prototype[method];
    Storage.prototype[method] = function (...values) {
      bench.stored.push(`${method} ${values[0]}`);
      return own.apply(this, values);
    };
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(value) {
      bench.stored.push(`cookie ${value}`);
      cookie.set.call(this, value);
    },
  });
  for (const [name, method] of [
    ['IDBFactory', 'open'],
    ['CacheStorage', 'open'],
  ]) {
    const own = window[name]?.prototype[method];
    if (!own) continue;
    window[name].prototype[method] = function (...values) {
      bench.stored.push(`${name} ${values[0]}`);
      return own.apply(this, values);
    };
  }

  const text = 'Cut and finish';
  const shows = () => {
    if (document.querySelector('main')?.textContent.includes(text)) return true;
    const frame = document.querySelector('inlay-booking')?.shadowRoot;
    if (!frame?.textContent.includes(text) || !document.querySelector('inlay-booking').offsetHeight) return false;
    // What fades in is there, and nobody sees it yet.
    return [...frame.querySelectorAll('section')].every(view => getComputedStyle(view).opacity === '1');
  };
  const again = () => document.querySelector('inlay-booking button')?.offsetHeight > 0;
  const look = () => {
    const shown = shows();
    if (!shown && !(bench.fallback === null && again())) return requestAnimationFrame(look);
    // A message that is posted in a frame arrives when that frame has been painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      bench[shown ? 'visible' : 'fallback'] = performance.now();
      if (!shown) requestAnimationFrame(look);
    };
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
}
