/** The build puts templates of its own in the place of lit-html's: both have to show the same, whatever follows whatever. */
import * as lit from 'lit';
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import * as lean from '../../tools/build/lean/html.ts';

type Engine = typeof lean;
const engines: Readonly<Record<string, Engine>> = { lit: lit as unknown as Engine, lean };

/** What a visitor sees: the markers of either engine do not count. */
const shown = (root: Element) => root.innerHTML.replace(/<!--.*?-->/gs, '');

/** One template for each kind of hole, and some that hold others. */
const views = ({ html, nothing }: Engine) => {
  const leaf = (value: unknown) => html`<b>${value}</b>`;
  const row = (value: unknown) => html`<tr><td class="cell ${value}">${value}</td></tr>`;
  const values = [
    'text',
    '',
    'other <i>text</i>',
    0,
    7,
    false,
    true,
    null,
    undefined,
    nothing,
    [],
    ['a', 'b', 'c'],
    ['a', nothing, 3, ['d', ['e']]],
    new Set(['one', 'two']),
  ];
  const templates = [
    ...values,
    ...values.filter(value => typeof value !== 'symbol').map(leaf),
    leaf(leaf(leaf('deep'))),
    [leaf(1), leaf(2), html`<i>3</i>`],
    [html`<i>1</i>`, leaf(2)],
    html`<table><tbody>${[row('x'), row('y')]}</tbody></table>`,
    html`<table><tbody>${[row('x')]}</tbody></table>`,
    html`<p>${'a'} and ${'b'}${leaf('c')}</p><p>${nothing}</p>`,
  ];
  const outer = (value: unknown) => html`<section>before ${value} after</section>`;
  const attributes = (a: unknown, b: unknown) =>
    html`<p title="a > b" id=${a} class="x ${a} y ${b}z" ?hidden=${b} data-one="${b}">a=${a} <input .value=${a} aria-label='it is ${b}' /></p>`;
  return { values, templates, outer, attributes };
};

/** Follows every value by every other. */
const orders = (length: number): number[] => {
  const order: number[] = [];
  for (let i = 0; i < length; i++) for (let k = 0; k < length; k++) order.push(i, k);
  return order;
};

const compare = (show: (engine: Engine, container: Element, i: number) => void, length: number) => {
  const seen: Record<string, string[]> = { lit: [], lean: [] };
  for (const [name, engine] of Object.entries(engines)) {
    const container = document.createElement('div');
    for (const i of orders(length)) {
      show(engine, container, i);
      seen[name]!.push(shown(container));
    }
  }
  ok(new Set(seen['lit']).size > 3, 'there was something to see');
  const first = seen['lit']!.findIndex((text, i) => text !== seen['lean']![i]);
  same(seen['lean']![first], seen['lit']![first]);
};

describe('lean templates', () => {
  const all = Object.fromEntries(Object.entries(engines).map(([name, engine]) => [name, views(engine)]));
  const of = (engine: Engine) => all[engine === lean ? 'lean' : 'lit']!;
  const count = views(lean);

  it('shows every value after every other, at the top and inside a template', () => {
    compare((engine, container, i) => engine.render(of(engine).templates[i], container), count.templates.length);
    compare(
      (engine, container, i) => engine.render(of(engine).outer(of(engine).templates[i]), container),
      count.templates.length,
    );
  });

  it('sets attributes of every kind to every value after every other', () => {
    const plain = count.values.filter(value => typeof value !== 'object' || value === null).length;
    compare((engine, container, i) => {
      const values = of(engine).values.filter(value => typeof value !== 'object' || value === null);
      engine.render(of(engine).attributes(values[i], values[(i * 5 + 1) % plain]), container);
    }, plain);
  });

  for (const [name, { html, render, nothing }] of Object.entries(engines)) {
    describe(name, () => {
      it('keeps the nodes of a template that comes again', () => {
        const container = document.createElement('div');
        const view = (text: string) => html`<p><input value="x" /> ${text}</p>`;
        render(view('a'), container);
        const input = container.querySelector('input');
        render(view('b'), container);
        ok(container.querySelector('input') === input, 'the same input');
        same(container.textContent?.trim(), 'b');
      });

      it('takes nodes as they are, and gives them up', () => {
        const container = document.createElement('div');
        const node = document.createElement('hr');
        render(html`<p>${node}</p>`, container);
        ok(node.isConnected || container.contains(node), 'in place');
        render(html`<p>${'x'}</p>`, container);
        ok(container.contains(node) === false || container.textContent === 'x', 'gone');
      });

      it('calls the listener of now, with its host, and none when it is taken away', () => {
        const container = document.createElement('div');
        const host = { name: 'host' };
        const calls: unknown[] = [];
        const view = (listener: unknown) => html`<button @click=${listener}>go</button>`;
        const press = () => container.querySelector('button')!.click();
        render(
          view(function (this: unknown) {
            calls.push(this);
          }),
          container,
          { host },
        );
        press();
        render(view({ handleEvent: (event: Event) => calls.push(event.type) }), container, { host });
        press();
        render(view(nothing), container, { host });
        press();
        render(view(null), container, { host });
        press();
        same(calls, [host, 'click']);
      });

      it('sets a property again when an object may have changed inside, a primitive only when it is another', () => {
        const container = document.createElement('div');
        const view = (value: unknown) => html`<p .someProp=${value}></p>`;
        const sets: unknown[] = [];
        const list = [1];
        render(view('a'), container);
        const p = container.querySelector('p')!;
        same((p as unknown as { someProp: unknown }).someProp, 'a');
        Object.defineProperty(p, 'someProp', { set: value => sets.push(value) });
        for (const value of ['a', 'b', 'b', list, list, undefined, undefined]) render(view(value), container);
        same(sets, ['b', list, list, undefined]);
      });

      it('never takes data for a template', () => {
        const container = document.createElement('div');
        const hostile = JSON.parse('{"strings":["<img src=x>"],"values":[],"_$litType$":1,"raw":["<img src=x>"]}');
        try {
          render(html`<p>${hostile}${'<img src=x>'}</p>`, container);
        } catch {
          // lit-html refuses such data aloud.
        }
        same(container.querySelector('img'), null);
      });

      it('gives elements their properties before they are connected', () => {
        const tag = `early-${name}`;
        const seen: unknown[] = [];
        customElements.define(
          tag,
          class extends HTMLElement {
            data?: unknown;
            connectedCallback(): void {
              seen.push(this.data);
            }
          },
        );
        const container = document.createElement('div');
        document.body.append(container);
        render(
          tag.endsWith('lit') ? html`<early-lit .data=${5}></early-lit>` : html`<early-lean .data=${5}></early-lean>`,
          container,
        );
        same(seen, [5]);
        container.remove();
      });
    });
  }
});
