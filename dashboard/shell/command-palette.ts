/** Jump anywhere by typing: screens, clients, records of the client at hand. */
import { css, html, nothing } from 'lit';
import type { Client } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import {
  addressOf,
  entityPlural,
  inSentence,
  labelFieldOf,
  may,
  recordLabel,
  shownEntities,
} from '../api/manifest-reader.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { DeskElement } from './desk-element.ts';
import { type Destination, moduleDestinations } from './destinations.ts';

interface Entry extends Destination {
  readonly group: string;
}

/** @tag desk-palette */
export class CommandPalette extends DeskElement {
  static override properties = { term: { state: true }, active: { state: true }, records: { state: true } };
  declare term: string;
  declare active: number;
  declare records: readonly Entry[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #clients = this.resource<Client[]>(() =>
    this.session?.clientId ? null : { key: 'clients', read: () => this.api.control.clients() },
  );

  constructor() {
    super();
    this.term = '';
    this.active = 0;
    this.records = [];
  }

  protected override opened(): void {
    this.renderRoot.querySelector('dialog')!.showModal();
  }

  #places(): Entry[] {
    const entries: Entry[] = [];
    const { space, session } = this;
    const add = (group: string, places: readonly Destination[]) =>
      entries.push(...places.map(place => ({ ...place, group })));
    if (space) {
      const path = `/clients/${space.client.id}`;
      add(space.client.name, [{ label: t('client.overview'), path, icon: 'home' }]);
      for (const name of space.shown) {
        const manifest = space.manifests.get(name)!;
        add(manifest.label, moduleDestinations(space.client.id, manifest));
        add(
          manifest.label,
          shownEntities(manifest)
            .filter(([, entity]) => may(entity, 'create'))
            .map(([entity, { label }]) => ({
              label: t('list.newNamed', { label: inSentence(label) }),
              path: `${path}/m/${name}/${entity}/new`,
              icon: 'plus',
            })),
        );
      }
      add(t('nav.setup'), [
        { label: t('modules.title'), path: `${path}/modules`, icon: 'module' },
        { label: t('keys.title'), path: `${path}/keys`, icon: 'key' },
      ]);
    }
    if (!session?.clientId) {
      add(t('nav.agency'), [
        { label: t('overview.title'), path: '/', icon: 'chart' },
        { label: t('clients.title'), path: '/clients', icon: 'people' },
        { label: t('members.title'), path: '/members', icon: 'person' },
        { label: t('updates.title'), path: '/updates', icon: 'up' },
        { label: t('audit.title'), path: '/audit', icon: 'history' },
      ]);
      add(
        t('clients.title'),
        (this.#clients.value ?? []).map(client => ({
          label: client.name,
          path: `/clients/${client.id}`,
          icon: 'people',
        })),
      );
    }
    return entries;
  }

  get #found(): Entry[] {
    const words = this.term.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const text = (entry: Entry) => `${entry.label} ${entry.group}`.toLocaleLowerCase();
    const places = this.#places().filter(entry => words.every(word => text(entry).includes(word)));
    return [...places.slice(0, 40), ...this.records];
  }

  async #search(term: string): Promise<void> {
    const { space } = this;
    if (!space || term.trim().length < 2) {
      this.records = [];
      return;
    }
    const data = this.api.data(space.client.id);
    const lists = space.shown.flatMap(name => {
      const manifest = space.manifests.get(name)!;
      return shownEntities(manifest).flatMap(([entity, definition]) => {
        const field = labelFieldOf(definition);
        return field ? [{ name, manifest, entity, definition, field }] : [];
      });
    });
    const found = await Promise.all(
      lists.map(async ({ name, manifest, entity, definition, field }) => {
        const query = { filter: { [field]: { contains: term.trim() } }, size: 5 };
        const { data: records } = await data.list(addressOf(manifest, entity), query).catch(() => ({ data: [] }));
        return records.map(record => ({
          label: recordLabel(definition, record),
          group: entityPlural(definition),
          path: `/clients/${space.client.id}/m/${name}/${entity}/${record.id}`,
          icon: 'list',
        }));
      }),
    );
    if (term === this.term) this.records = found.flat();
  }

  #typed(event: InputEvent): void {
    this.term = (event.target as HTMLInputElement).value;
    this.active = 0;
    this.records = [];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(this.term), 200);
  }

  #key(event: KeyboardEvent): void {
    const count = this.#found.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.active = count === 0 ? 0 : (this.active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }),
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#go(this.#found[this.active]);
    }
  }

  #go(entry: Entry | undefined): void {
    if (!entry) return;
    this.renderRoot.querySelector('dialog')!.close();
    this.desk.navigate(entry.path);
  }

  protected override render() {
    const found = this.#found;
    return html`<dialog aria-label=${t('palette.title')} closedby="any" @close=${() => this.dispatchEvent(new Event('close'))}>
      <div class="search">${icon('search')}<input autofocus type="text" role="combobox" aria-expanded="true" aria-controls="found" aria-autocomplete="list" autocomplete="off" spellcheck="false"
        aria-label=${t('palette.title')} placeholder=${t('palette.placeholder')} aria-activedescendant=${found.length ? `entry-${this.active}` : nothing}
        .value=${this.term} @input=${this.#typed} @keydown=${this.#key} /></div>
      <ul id="found" role="listbox" aria-label=${t('palette.results')}>
        ${found.map(
          (entry, index) => html`<li id=${`entry-${index}`} role="option" aria-selected=${index === this.active}
          @click=${() => this.#go(entry)} @pointermove=${() => (this.active = index)}>
          ${icon(entry.icon)}<span class="clip">${entry.label}</span><span class="grow"></span><span class="small muted clip">${entry.group}</span></li>`,
        )}
      </ul>
      ${found.length === 0 ? html`<p class="none muted" role="status">${t('palette.none', { term: this.term })}</p>` : nothing}
    </dialog>`;
  }

  static override styles = [
    DeskElement.styles,
    form,
    css`
      dialog { border: 1px solid var(--hairline); border-radius: 12px; padding: 0; inline-size: min(600px, calc(100vw - 24px)); margin-block: 12vh auto; background: var(--raised); color: var(--ink); box-shadow: var(--shadow); }
      dialog::backdrop { background: var(--scrim); }
      .search { display: flex; align-items: center; gap: 10px; padding: 10px 16px; border-block-end: 1px solid var(--hairline); color: var(--muted); }
      .search input, .search input:focus-visible { border: 0; outline: 0; background: none; padding: 4px 0; color: var(--ink); font-size: 1rem; }
      ul { max-block-size: min(400px, 56vh); overflow-y: auto; padding: 8px; }
      ul:empty { display: none; }
      li { display: flex; align-items: center; gap: 12px; padding: 8px; border-radius: var(--radius); cursor: pointer; }
      li svg { color: var(--muted); }
      li .muted { max-inline-size: 45%; }
      li[aria-selected='true'] { background: var(--wash); }
      .none { padding: 24px 16px; overflow-wrap: anywhere; }
    `,
  ];
}
