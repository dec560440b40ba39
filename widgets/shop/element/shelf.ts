/** The products of the grid beyond those that came with the page: by category, by a word, and the next ones. */
import { byAction, DataController } from '../../kit/controllers/data-controller.ts';
import type { InlayShop } from './shop-element.ts';
import type { Catalogue, Query } from './shop-types.ts';

/** Milliseconds after the last letter of a search. */
const pause = 250;

export class Shelf {
  readonly #host: InlayShop;
  readonly #data: DataController<Query, Catalogue>;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(host: InlayShop) {
    this.#host = host;
    const ask = byAction<Query, Catalogue>(() => host.client, 'catalogue');
    this.#data = new DataController(host, async (query, signal) => {
      const reply = await ask(query, signal);
      if (signal.aborted) return reply;
      host.busy = false;
      host.notice = reply.ok ? '' : host.explain(reply.error);
      if (!reply.ok) return reply;
      const { products, next } = reply.value;
      const before = query.cursor ? host.list.products : [];
      host.list = { products: [...before, ...products], next: next ?? null };
      host.news = host.t('grid.found', { n: host.list.products.length });
      host.requestUpdate();
      // What was pressed for them is gone with the last of them: the first new one is where the visitor goes on.
      if (before[0] && !next) host.updateComplete.then(() => host.focusOn(`[data-id="${products[0]?.id}"]`));
      return reply;
    });
  }

  /** Asks for what the host wants to show; what came with the page is not asked for again. */
  load(): void {
    const host = this.#host;
    const { query } = host;
    clearTimeout(this.#timer);
    if (query.q || query.category || query.cursor) {
      this.#timer = setTimeout(() => this.#data.load(query), query.q && !query.cursor ? pause : 0);
      return;
    }
    this.#data.abort();
    host.list = host.catalogue;
    host.busy = false;
    host.requestUpdate();
  }
}
