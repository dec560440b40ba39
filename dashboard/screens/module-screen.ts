/** A place for a screen that a module brings itself. */
import { ContextConsumer } from '@lit/context';
import { css, html } from 'lit';
import { registryContext } from '../api/contexts.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { define } from '../shell/define.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, missingPage, skeletonLines } from '../shell/states.ts';

type ModuleElement = HTMLElement & { api: unknown; manifest: unknown; client: unknown };

/** @tag desk-module-screen */
export class ModuleScreen extends DeskElement {
  static override properties = { params: { attribute: false }, element: { state: true }, problem: { state: true } };
  declare params: Params;
  declare element: ModuleElement | null | undefined;
  declare problem: ApiProblem | null;
  readonly #registry = new ContextConsumer(this, { context: registryContext });

  constructor() {
    super();
    this.problem = null;
  }

  protected override opened(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    this.problem = null;
    const { module, screen } = this.params;
    const { client, manifests } = this.space!;
    const manifest = manifests.get(module!);
    const declared = manifest?.screens?.[screen!];
    const load = this.#registry.value?.[module!];
    if (!manifest || !declared || !load) {
      this.element = null;
      return;
    }
    try {
      const { elements } = await load();
      const found = elements[declared.tag];
      if (found) define(declared.tag, found);
      const element = document.createElement(declared.tag) as ModuleElement;
      element.api = this.api.data(client.id);
      element.manifest = manifest;
      element.client = { id: client.id, name: client.name, zone: client.zone };
      this.element = element;
      this.desk.title(declared.label);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  override async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.element?.focus();
  }

  protected override render() {
    if (this.problem) return html`<div class="page">${errorState(this.problem, () => void this.#load())}</div>`;
    if (this.element === undefined) return html`<div class="page">${skeletonLines(5)}</div>`;
    if (this.element) return this.element;
    return missingPage();
  }

  static override styles = [DeskElement.styles, css`:host { block-size: 100%; }`];
}
