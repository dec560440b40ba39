/** Labels of referenced records, fetched in one request per entity and remembered. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Api } from '../api/api.ts';
import type { ClientSpace } from '../api/contexts.ts';
import type { AnyRecord } from '../api/data-client.ts';
import { addressOf, type FieldsJson, recordLabel, refTarget } from '../api/manifest-reader.ts';
import { t } from '../strings/translate.ts';

interface Surroundings {
  readonly api: Api;
  readonly space: ClientSpace | null;
  /** The module whose fields are shown. */
  readonly owner: string;
}

const most = 100;

export class RefLabels implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #around: () => Surroundings;
  readonly #labels = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(host: ReactiveControllerHost, around: () => Surroundings) {
    this.#host = host;
    this.#around = around;
    host.addController(this);
  }

  hostConnected(): void {}

  readonly labelOf = (to: string, id: string): string | undefined => {
    const { space, owner } = this.#around();
    const target = refTarget(owner, to);
    const key = `${target.module}.${target.entity}:${id}`;
    return this.#labels.get(key) ?? this.#around().api.cache.peek<string>(`label:${space?.client.id}:${key}`);
  };

  /** Fetches the labels that these records need. */
  want(fields: FieldsJson, records: readonly (AnyRecord | Readonly<Record<string, unknown>>)[]): void {
    const wanted = new Map<string, Set<string>>();
    const add = (to: string, id: unknown) => {
      if (typeof id !== 'string' || this.labelOf(to, id) || this.#asked.has(`${to}:${id}`)) return;
      this.#asked.add(`${to}:${id}`);
      wanted.set(to, (wanted.get(to) ?? new Set()).add(id));
    };
    for (const record of records) {
      for (const [name, field] of Object.entries(fields)) {
        const value = (record as Record<string, unknown>)[name];
        if (field.kind === 'ref') add(field.to, value);
        if (field.kind === 'list' && field.of.kind === 'ref' && Array.isArray(value)) {
          const { to } = field.of;
          for (const id of value) add(to, id);
        }
      }
    }
    for (const [to, ids] of wanted) void this.#fetch(to, [...ids]);
  }

  async #fetch(to: string, ids: readonly string[]): Promise<void> {
    const { api, space, owner } = this.#around();
    const target = refTarget(owner, to);
    const manifest = space?.manifests.get(target.module);
    const entity = manifest?.entities[target.entity];
    const name = (id: string, label: string) => this.#labels.set(`${target.module}.${target.entity}:${id}`, label);
    for (let from = 0; from < ids.length; from += most) {
      const part = ids.slice(from, from + most);
      // A record that is gone or may not be read still needs a word in its place.
      for (const id of part) name(id, t('ref.unknown'));
      if (!space || !manifest || !entity) continue;
      const query = { filter: { id: { in: part.join(',') } }, size: part.length };
      const { data } = await api
        .data(space.client.id)
        .list(addressOf(manifest, target.entity), query)
        .catch(() => ({ data: [] as AnyRecord[] }));
      for (const record of data) {
        const label = recordLabel(entity, record);
        name(record.id, label);
        api.cache.put(`label:${space.client.id}:${target.module}.${target.entity}:${record.id}`, label);
      }
    }
    this.#host.requestUpdate();
  }
}
