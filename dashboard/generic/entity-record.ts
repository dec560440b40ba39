/** One record of any entity: read, change, take a step, delete. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldProblem } from '../../schemas/errors/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import type { AnyRecord, EntityAddress } from '../api/data-client.ts';
import {
  addressOf,
  type EntityJson,
  entityPlural,
  fieldLabel,
  inSentence,
  type ManifestJson,
  may,
  recordLabel,
  transitionsFrom,
} from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, missingPage, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { changedNames, editableFields, pick, shownFields, withoutEmpty } from './editable.ts';
import { FieldsForm } from './fields-form.ts';
import { formatInstant, formatValue } from './format-value.ts';
import { humanState } from './human-state.ts';
import { deleteRecords } from './many-records.ts';
import { RecordHistory } from './record-history.ts';
import { recordStyles } from './record-styles.ts';
import { RefLabels } from './ref-labels.ts';
import { RelatedRecords, relationsTo } from './related-records.ts';
import { type Bench, dataKey, runTransition, transitionLabel } from './run-transition.ts';
import { startingValues, type Values, validate } from './validate.ts';

/** @tag desk-entity-record */
export class EntityRecord extends DeskElement {
  static override uses = { 'desk-fields': FieldsForm, 'desk-history': RecordHistory, 'desk-related': RelatedRecords };
  static override styles = [DeskElement.styles, form, recordStyles];
  static override properties = {
    params: { attribute: false },
    base: { state: true },
    values: { state: true },
    errors: { state: true },
    problem: { state: true },
    theirs: { state: true },
    saving: { state: true },
  };
  declare params: Params;
  /** The record that the form started from. */
  declare base: AnyRecord | null;
  declare values: Values;
  declare errors: readonly FieldProblem[];
  declare problem: ApiProblem | null;
  /** What someone else has saved meanwhile. */
  declare theirs: AnyRecord | null;
  declare saving: boolean;
  #started = false;
  /** One per thing the user wants; kept while the same content is sent again. */
  #intent: { body: string; key: string } | null = null;
  readonly #labels = new RefLabels(this, () => ({ api: this.api, space: this.space, owner: this.params['module']! }));
  readonly #record = this.resource<AnyRecord>(() => {
    const at = this.#at;
    const id = this.params['record']!;
    if (!this.space || !at || this.#isNew) return null;
    const data = this.api.data(this.space.client.id);
    return { key: `${dataKey(data.clientId, at.module)}${at.entity}/${id}`, read: () => data.get(at, id) };
  });

  constructor() {
    super();
    this.base = null;
    this.values = {};
    this.errors = [];
    this.problem = null;
    this.theirs = null;
    this.saving = false;
  }

  get #isNew(): boolean {
    return this.params['record'] === 'new';
  }
  get #manifest(): ManifestJson | undefined {
    return this.space?.manifests.get(this.params['module']!);
  }
  get #entity(): EntityJson | undefined {
    return this.#manifest?.entities[this.params['entity']!];
  }
  get #at(): EntityAddress | null {
    return this.#entity ? addressOf(this.#manifest!, this.params['entity']!) : null;
  }
  get #bench(): Bench {
    const { api, desk, toasts } = this;
    return { api, desk, toasts, clientId: this.params['id']!, at: this.#at!, entity: this.#entity! };
  }
  get #listPath(): string {
    return `/clients/${this.params['id']}/m/${this.params['module']}/${this.params['entity']}`;
  }
  get #fields() {
    return editableFields(this.#entity!, this.#isNew ? 'create' : 'update');
  }
  /** References that the address brings along, such as the project of a new task. */
  get #given(): Values {
    const search = new URLSearchParams(location.search);
    const refs = Object.entries(this.#fields).filter(([name, field]) => field.kind === 'ref' && search.get(name));
    return Object.fromEntries(refs.map(([name]) => [name, search.get(name)]));
  }
  get #changed(): string[] {
    return this.#entity ? changedNames(this.#fields, this.base ?? startingValues(this.#fields), this.values) : [];
  }

  protected override willUpdate(): void {
    if (!this.#entity) return;
    // What is remembered must be there for this very update.
    this.#record.hostUpdate();
    if (this.#isNew && !this.#started) {
      this.#started = true;
      this.values = { ...startingValues(this.#fields), ...this.#given };
    }
    const read = this.#record.value;
    // Fresh content replaces what is shown, but never what is being written.
    if (read && read !== this.base && (!this.base || (read.rev !== this.base.rev && this.#changed.length === 0)))
      this.#start(read);
  }

  #start(record: AnyRecord): void {
    this.base = record;
    this.values = pick(record, Object.keys(this.#fields));
    this.errors = [];
    this.theirs = null;
    this.problem = null;
  }

  protected override updated(): void {
    const entity = this.#entity;
    if (!entity) return;
    this.desk.guard(() => this.#changed.length > 0);
    this.desk.title(
      this.base ? recordLabel(entity, this.base) : t('list.newNamed', { label: inSentence(entity.label) }),
    );
    if (this.base) this.#labels.want(entity.fields, [this.base]);
  }

  async #save(rev = this.base?.rev ?? null): Promise<void> {
    const at = this.#at!;
    const fields = this.#fields;
    this.errors = validate(fields, this.values);
    if (this.errors.length > 0) return this.#focusError();
    const body = this.base ? pick(this.values, this.#changed) : withoutEmpty(fields, this.values);
    const text = `${rev}${JSON.stringify(body)}`;
    if (this.#intent?.body !== text) this.#intent = { body: text, key: crypto.randomUUID() };
    const intent = this.#intent.key;
    const data = this.api.data(this.params['id']!);
    const before = this.base;
    this.saving = true;
    this.problem = null;
    try {
      const saved = before
        ? await data.update(at, before.id, body, { rev, intent })
        : await data.create(at, body, intent);
      this.#intent = null;
      this.#start(saved);
      this.api.cache.stale(dataKey(data.clientId, at.module));
      this.api.cache.put(`${dataKey(data.clientId, at.module)}${at.entity}/${saved.id}`, saved);
      const name = recordLabel(this.#entity!, saved);
      if (before)
        this.toasts.show({
          text: t('record.saved', { name }),
          undo: () => void this.#undo(before, saved, Object.keys(body)),
        });
      else {
        this.toasts.show({ text: t('record.created', { name }) });
        this.desk.navigate(`${this.#listPath}/${saved.id}`, { replace: true });
      }
    } catch (error) {
      await this.#refused(asProblem(error));
    } finally {
      this.saving = false;
    }
  }

  async #undo(before: AnyRecord, saved: AnyRecord, names: readonly string[]): Promise<void> {
    const at = this.#at!;
    try {
      const data = this.api.data(this.params['id']!);
      const back = await data.update(at, saved.id, pick(before, names), {
        rev: saved.rev,
        intent: crypto.randomUUID(),
      });
      if (this.isConnected) this.#start(back);
      this.api.cache.stale(dataKey(data.clientId, at.module));
      this.toasts.show({ text: t('undone') });
    } catch (error) {
      this.toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
    }
  }

  async #refused(problem: ApiProblem): Promise<void> {
    if (problem.status === 412 && this.base) {
      this.theirs = await this.api
        .data(this.params['id']!)
        .get(this.#at!, this.base.id)
        .catch(() => null);
      if (this.theirs) return;
    }
    this.errors = problem.errors;
    const known = problem.errors.some(error => error.pointer.split('/')[1]! in this.#fields);
    this.problem = known ? null : problem;
    if (known) this.#focusError();
  }

  #focusError(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<FieldsForm>('desk-fields')?.focusError());
  }

  async #delete(): Promise<void> {
    if (!(await deleteRecords(this.#bench, this.#manifest!, [this.base!]))) return;
    this.desk.guard(null);
    this.desk.navigate(this.#listPath, { replace: true });
  }

  async #step(name: string): Promise<void> {
    const changed = await runTransition({ ...this.#bench, record: this.base!, name });
    if (changed && this.#changed.length === 0) this.#start(changed);
  }

  protected override render() {
    const entity = this.#entity;
    if (!entity) return missingPage();
    const ready = this.#isNew || this.base;
    const title = this.base
      ? recordLabel(entity, this.base)
      : this.#isNew
        ? t('list.newNamed', { label: inSentence(entity.label) })
        : entity.label;
    return html`<div class="page ${this.base ? 'sided' : 'narrow'}">
      <header class="head">
        <div><a class="back small" href=${this.#listPath}>${icon('chevron-start')}${entityPlural(entity)}</a>
          <h1 tabindex="-1">${title}</h1>${this.#state(entity)}</div>
        <div class="actions">${this.base ? transitionsFrom(entity, this.base).map(([name, step]) => html`<button class=${step.danger ? 'danger' : ''} @click=${() => this.#step(name)}>${transitionLabel(entity, name)}</button>`) : nothing}</div>
      </header>
      <div class="main">${this.#record.problem && !this.base ? errorState(this.#record.problem, () => this.#record.reload()) : ready ? this.#content(entity) : skeletonLines(6)}</div>
      ${this.base ? this.#aside(entity, this.base) : nothing}
    </div>`;
  }

  #aside(entity: EntityJson, { id }: AnyRecord): TemplateResult {
    const base = this.#listPath.slice(0, this.#listPath.lastIndexOf('/'));
    return html`<aside aria-label=${t('record.aside')}>
      ${relationsTo(this.#manifest!, this.params['entity']!).map(relation => html`<desk-related .manifest=${this.#manifest!} .relation=${relation} .record=${id} .base=${base}></desk-related>`)}
      <desk-history .entity=${entity} .at=${this.#at!} .record=${id}></desk-history>
    </aside>`;
  }

  #state(entity: EntityJson) {
    if (!this.base) return nothing;
    const changed = t('record.updated', { when: formatInstant(this.base.updatedAt, this.space!.client.zone) });
    return html`<p class="row">${humanState(entity, this.base)}<span class="muted small">${changed}</span></p>`;
  }

  #content(entity: EntityJson): TemplateResult {
    const fields = this.#fields;
    const editable = Object.keys(fields).length > 0 && may(entity, this.#isNew ? 'create' : 'update');
    const zone = this.space!.client.zone;
    return html`
      ${this.problem ? errorState(this.problem) : nothing}
      ${this.theirs ? this.#conflict(entity, this.theirs) : nothing}
      ${this.base ? this.#facts(shownFields(entity, editable ? fields : {})) : nothing}
      ${
        editable
          ? html`<form novalidate @submit=${(event: Event) => {
              event.preventDefault();
              void this.#save();
            }} @keydown=${this.#key}>
        <desk-fields .fields=${fields} .values=${this.values} .errors=${this.errors} .owner=${this.params['module']!} .zone=${zone}
          @change=${(event: Event) => (this.values = (event.target as FieldsForm).values)}></desk-fields>
        <div class="buttons save ${this.#isNew || this.#changed.length > 0 ? '' : 'idle'}"><button class="primary" type="submit" ?disabled=${this.saving || (!this.#isNew && this.#changed.length === 0)}>${this.saving ? t('saving') : this.#isNew ? t('record.create', { what: inSentence(entity.label) }) : t('save')}</button>
          ${this.base && this.#changed.length > 0 ? html`<button type="button" @click=${() => this.#start(this.base!)}>${t('record.discard')}</button><span class="muted small" role="status">${t('record.unsaved')}</span>` : nothing}
          ${this.#isNew ? html`<a class="button" href=${this.#listPath}>${t('cancel')}</a>` : nothing}</div>
      </form>`
          : nothing
      }
      ${this.base && may(entity, 'delete') ? html`<section class="section last"><div><button class="danger" @click=${this.#delete}>${icon('trash')}${t('record.delete', { what: inSentence(entity.label) })}</button></div></section>` : nothing}`;
  }

  readonly #key = (event: KeyboardEvent) => {
    // Fields are in a shadow root of their own, from where Enter would not submit.
    const target = event.composedPath()[0];
    if (
      event.key === 'Enter' &&
      !event.defaultPrevented &&
      target instanceof HTMLInputElement &&
      target.type !== 'checkbox'
    ) {
      event.preventDefault();
      if (this.#isNew || this.#changed.length > 0) void this.#save();
    }
  };

  #facts(fields: EntityJson['fields']) {
    const zone = this.space!.client.zone;
    const context = { zone, labelOf: this.#labels.labelOf };
    const rows = Object.entries(fields)
      .map(([name, field]) => [fieldLabel(name, field), formatValue(name, field, this.base![name], context)] as const)
      .filter(([, text]) => text !== '');
    if (rows.length === 0) return nothing;
    return html`<dl class="facts">${rows.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}
</dl>`;
  }

  #conflict(entity: EntityJson, theirs: AnyRecord): TemplateResult {
    const zone = this.space!.client.zone;
    const names = changedNames(entity.fields, this.base!, theirs);
    const context = { zone, labelOf: this.#labels.labelOf };
    return html`<div class="notice warn" role="alert">${icon('alert')}<div>
      <p><strong>${t('conflict.title')}</strong></p><p>${t('conflict.text')}</p>
      <ul class="small">${names.map(name => html`<li>${fieldLabel(name, entity.fields[name]!)}: ${formatValue(name, entity.fields[name]!, theirs[name], context) || t('none')}</li>`)}</ul>
      <div class="actions"><button @click=${() => this.#start(theirs)}>${t('conflict.reload')}</button><button @click=${() => this.#overwrite(theirs)}>${t('conflict.overwrite')}</button></div></div></div>`;
  }

  #overwrite(theirs: AnyRecord): void {
    this.theirs = null;
    void this.#save(theirs.rev);
  }
}
