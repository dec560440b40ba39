/** The build puts a lean element in the place of Lit's: whatever our widgets use of Lit has to be the same in both. */
import { css, html, LitElement, type PropertyDeclarations, type ReactiveController } from 'lit';
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import * as lean from '../../tools/build/lean/lit.ts';

const bases = { lit: LitElement, lean: lean.LitElement as unknown as typeof LitElement };
const templates = { lit: html, lean: lean.html as unknown as typeof html };
const styles = { lit: css, lean: lean.css as unknown as typeof css };

for (const name of ['lit', 'lean'] as const) {
  const log: string[] = [];

  class Parent extends bases[name] {
    static override properties: PropertyDeclarations = {
      label: {},
      hidden2: { attribute: 'data-hidden', type: Boolean },
    };
    static override styles = [styles[name]`:host { display: block; }`, [styles[name]`p { color: rgb(1, 2, 3); }`]];
    declare label?: string;
    declare hidden2?: boolean;
  }

  class Probe extends Parent {
    static override properties: PropertyDeclarations = {
      size: { type: Number },
      given: { attribute: false },
      inner: { state: true },
    };
    declare size?: number;
    declare given?: unknown;
    declare inner?: number;

    constructor() {
      super();
      const controller: ReactiveController = {
        hostConnected: () => log.push('connected'),
        hostDisconnected: () => log.push('disconnected'),
        hostUpdate: () => log.push('update'),
        hostUpdated: () => log.push('updated'),
      };
      this.addController(controller);
    }

    protected override willUpdate(changed: Map<string, unknown>): void {
      log.push(`will ${[...changed.keys()].sort().join(' ')}`);
      if (changed.has('size')) this.inner = (this.size ?? 0) * 2;
    }

    protected override render(): unknown {
      return templates[name]`<p>${this.label} ${this.size} ${this.inner} ${this.given}</p>`;
    }

    protected override updated(changed: Map<string, unknown>): void {
      log.push(`done ${[...changed.keys()].sort().join(' ')} ${this.hasUpdated}`);
    }
  }

  describe(`${name}: an element`, () => {
    const tag = `probe-${name}`;
    const text = (el: Probe) => el.renderRoot.textContent?.trim();

    it('takes attributes and what was set before its upgrade, and renders once for many changes', async () => {
      log.length = 0;
      const el = document.createElement(tag) as Probe;
      el.setAttribute('label', 'a');
      el.setAttribute('size', '2');
      el.setAttribute('data-hidden', '');
      el.given = 'early';
      document.body.append(el);
      customElements.define(tag, Probe);
      await el.updateComplete;
      same(text(el), 'a 2 4 early');
      same(el.hidden2, true);
      same(getComputedStyle(el.renderRoot.querySelector('p')!).color, 'rgb(1, 2, 3)');
      same(log, [
        'connected',
        'will given hidden2 label size',
        'update',
        'updated',
        'done given hidden2 inner label size true',
      ]);
      log.length = 0;
      el.label = 'b';
      el.size = 3;
      el.label = 'c';
      await el.updateComplete;
      same(text(el), 'c 3 6 early');
      same(log, ['will label size', 'update', 'updated', 'done inner label size true']);
      log.length = 0;
      el.requestUpdate();
      await el.updateComplete;
      same(log[0], 'will ');
      el.removeAttribute('label');
      await el.updateComplete;
      same(el.label, null);
      el.remove();
    });

    it('tells its controllers when it comes and goes, and keeps what it shows', async () => {
      const el = document.createElement(tag) as Probe;
      log.length = 0;
      document.body.append(el);
      await el.updateComplete;
      el.remove();
      document.body.append(el);
      same(
        log.filter(entry => entry.endsWith('connected')),
        ['connected', 'disconnected', 'connected'],
      );
      ok(el.renderRoot.querySelector('p'), 'still there');
      el.remove();
    });

    it('goes on after a render that failed', async () => {
      const el = document.createElement(tag) as Probe;
      document.body.append(el);
      await el.updateComplete;
      const quiet = (event: Event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      addEventListener('unhandledrejection', quiet, { capture: true });
      el.given = Symbol('cannot be text');
      await el.updateComplete.catch(() => {});
      el.given = 'fine';
      await el.updateComplete;
      await new Promise(resume => setTimeout(resume, 50));
      removeEventListener('unhandledrejection', quiet, { capture: true });
      ok(text(el)?.endsWith('fine'), 'rendered again');
      el.remove();
    });
  });
}
