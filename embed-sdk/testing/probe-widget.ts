/** A widget without content, as a module's chunk would define it: for the tests of the loader. */
if (!customElements.get('inlay-probe'))
  customElements.define(
    'inlay-probe',
    class extends HTMLElement {
      context?: unknown;

      connectedCallback() {
        if (!this.context) this.dispatchEvent(new CustomEvent('inlay:connect', { bubbles: true, composed: true }));
      }
    },
  );

export {};
