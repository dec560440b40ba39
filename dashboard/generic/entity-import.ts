/** Records from a CSV file: choose it, say what its columns are, see what would happen, then let it happen. */
import { html, nothing, type TemplateResult } from 'lit';
import Papa from 'papaparse';
import { icon } from '../../widgets/kit/desk/icon.ts';
import type { ImportReport } from '../api/data-client.ts';
import {
  addressOf,
  type EntityJson,
  entityPlural,
  fieldLabel,
  humanise,
  inSentence,
  type ManifestJson,
  may,
} from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, missingPage, problemText } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { guessMapping, importTargets, matchable } from './import-columns.ts';
import { importStyles } from './import-styles.ts';
import { dataKey } from './run-transition.ts';

interface Source {
  readonly name: string;
  readonly csv: string;
  readonly columns: readonly string[];
  /** The first rows, to recognise the columns by. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const mostBytes = 1_000_000;

/** @tag desk-entity-import */
export class EntityImport extends DeskElement {
  static override styles = [DeskElement.styles, form, table, importStyles];
  static override properties = {
    params: { attribute: false },
    source: { state: true },
    mapping: { state: true },
    match: { state: true },
    report: { state: true },
    problem: { state: true },
    refused: { state: true },
    busy: { state: true },
    over: { state: true },
  };
  declare params: Params;
  declare source: Source | null;
  /** Column -> field. */
  declare mapping: Readonly<Record<string, string>>;
  declare match: string;
  /** What the trial said; null while nothing was tried with what is chosen now. */
  declare report: ImportReport | null;
  declare problem: ApiProblem | null;
  /** Why the file cannot be read. */
  declare refused: string;
  declare busy: boolean;
  /** A file is held over the field. */
  declare over: boolean;

  constructor() {
    super();
    this.source = null;
    this.mapping = {};
    this.match = '';
    this.report = null;
    this.problem = null;
    this.refused = '';
    this.busy = false;
    this.over = false;
  }

  get #manifest(): ManifestJson | undefined {
    return this.space?.manifests.get(this.params['module']!);
  }
  get #entity(): EntityJson | undefined {
    return this.#manifest?.entities[this.params['entity']!];
  }
  get #base(): string {
    return `/clients/${this.params['id']}/m/${this.params['module']}/${this.params['entity']}`;
  }

  protected override opened(): void {
    if (this.#entity) this.desk.title(t('import.title', { what: inSentence(entityPlural(this.#entity)) }));
  }

  async #take(file: File | undefined): Promise<void> {
    if (!file || !this.#entity) return;
    this.refused = file.size > mostBytes ? t('import.tooBig') : '';
    if (this.refused) return;
    const csv = await file.text();
    const { data, meta } = Papa.parse<Record<string, string>>(csv, {
      header: true,
      skipEmptyLines: 'greedy',
      preview: 3,
    });
    const columns = meta.fields?.filter(Boolean) ?? [];
    this.refused = columns.length === 0 || data.length === 0 ? t('import.unreadable') : '';
    if (this.refused) return;
    this.source = { name: file.name, csv, columns, rows: data };
    this.#choose(guessMapping(columns, importTargets(this.#entity)), '');
  }

  #choose(mapping: Readonly<Record<string, string>>, match: string): void {
    this.mapping = mapping;
    this.match = Object.values(mapping).includes(match) ? match : '';
    this.report = null;
    this.problem = null;
  }

  async #send(dryRun: boolean): Promise<void> {
    const at = addressOf(this.#manifest!, this.params['entity']!);
    const data = this.api.data(this.params['id']!);
    const { mapping, match, source } = this;
    this.busy = true;
    this.problem = null;
    try {
      const body = { csv: source!.csv, mapping, dryRun, ...(match ? { match } : {}) };
      const report = await data.importCsv(at, body, crypto.randomUUID());
      if (dryRun) this.report = report;
      else this.#done(report);
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
    if (dryRun) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#outcome')?.focus());
  }

  #done(report: ImportReport): void {
    const at = addressOf(this.#manifest!, this.params['entity']!);
    const { api, toasts } = this;
    const data = api.data(this.params['id']!);
    const stale = () => api.cache.stale(dataKey(data.clientId, at.module));
    stale();
    const undo = () =>
      void data
        .undoImport(at, report.import!, crypto.randomUUID())
        .then(() => toasts.show({ text: t('undone') }))
        .catch(error => toasts.show({ text: problemText(asProblem(error)), tone: 'error' }))
        .finally(stale);
    toasts.show({ text: tn('import.done', report.new + report.update), ...(report.import ? { undo } : {}) });
    this.desk.navigate(this.#base);
  }

  protected override render() {
    const entity = this.#entity;
    if (!entity || !may(entity, 'create')) return missingPage();
    const what = inSentence(entityPlural(entity));
    return html`<div class="page narrow">
      <header class="head"><div><a class="back small" href=${this.#base}>${icon('chevron-start')}${entityPlural(entity)}</a>
        <h1 tabindex="-1">${t('import.title', { what })}</h1></div></header>
      ${this.#file()}
      ${this.source ? this.#columns(entity, this.source) : nothing}
      ${this.problem ? errorState(this.problem) : nothing}
      ${this.report ? this.#outcome(entity, this.report) : nothing}
    </div>`;
  }

  #file(): TemplateResult {
    const drop = (event: DragEvent) => {
      event.preventDefault();
      this.over = false;
      void this.#take(event.dataTransfer?.files[0]);
    };
    const over = (on: boolean) => (event: Event) => {
      event.preventDefault();
      this.over = on;
    };
    return html`<label class="drop ${this.over ? 'over' : ''}" @dragover=${over(true)} @dragleave=${over(false)} @drop=${drop}>
        ${icon('file')}<span class="grow">${this.source ? html`<strong>${this.source.name}</strong>` : t('import.choose')}<span class="hint" id="file-hint">${t('import.hint')}</span></span>
        <span class="button" aria-hidden="true">${t(this.source ? 'import.other' : 'import.browse')}</span>
        <input class="sr" type="file" accept=".csv,text/csv" aria-label=${t('import.choose')} aria-describedby="file-hint" aria-invalid=${this.refused !== ''}
          @change=${(event: Event) => void this.#take((event.target as HTMLInputElement).files?.[0])} /></label>
      ${this.refused ? html`<p class="wrong" role="alert">${this.refused}</p>` : nothing}`;
  }

  #columns(entity: EntityJson, source: Source): TemplateResult {
    const targets = importTargets(entity);
    const used = new Set(Object.values(this.mapping));
    const missing = targets.filter(({ name, required }) => required && !used.has(name));
    const set = (column: string, target: string) => {
      const { [column]: _before, ...rest } = this.mapping;
      this.#choose(target ? { ...rest, [column]: target } : rest, this.match);
    };
    const keys = matchable(entity, [...used]);
    return html`<section class="section"><h2>${t('import.columns')}</h2>
      <table class="cards"><thead><tr><th scope="col">${t('import.column')}</th><th scope="col">${t('import.example')}</th><th scope="col">${t('import.field')}</th></tr></thead>
        <tbody>${source.columns.map(
          column => html`<tr><td><strong>${column}</strong></td><td class="muted" data-label=${t('import.example')}>${source.rows.find(row => row[column])?.[column] ?? ''}</td>
          <td><select aria-label=${t('import.fieldOf', { column })} @change=${(event: Event) => set(column, (event.target as HTMLSelectElement).value)}>
            <option value="">${t('import.leaveOut')}</option>
            ${targets.map(({ name, label }) => html`<option value=${name} ?selected=${this.mapping[column] === name} ?disabled=${used.has(name) && this.mapping[column] !== name}>${label}</option>`)}</select></td></tr>`,
        )}</tbody></table>
      ${missing.length > 0 ? html`<p class="notice warn">${icon('alert')}<span>${t('import.missing', { fields: missing.map(({ label }) => label).join(', ') })}</span></p>` : nothing}
      <div class="field"><label for="match">${t('import.match')}</label>
        <select id="match" class="medium" aria-describedby="match-hint" @change=${(event: Event) => this.#choose(this.mapping, (event.target as HTMLSelectElement).value)}>
          <option value="">${t('import.matchNone')}</option>
          ${keys.map(name => html`<option value=${name} ?selected=${name === this.match}>${t('import.matchBy', { field: fieldLabel(name, entity.fields[name]!) })}</option>`)}</select>
        <p class="hint" id="match-hint">${t('import.matchHint')}</p></div>
      <div class="buttons"><button class=${this.report ? '' : 'primary'} ?disabled=${this.busy || used.size === 0} @click=${() => void this.#send(true)}>${t(this.busy && !this.report ? 'import.trying' : 'import.try')}</button></div>
    </section>`;
  }

  #outcome(entity: EntityJson, report: ImportReport): TemplateResult {
    const good = report.new + report.update;
    const figure = (count: number, label: string, tone = '') =>
      html`<div class=${tone}><dt>${label}</dt><dd class="number">${count}</dd></div>`;
    return html`<section class="section"><h2 id="outcome" tabindex="-1">${t('import.outcome')}</h2>
      <dl class="figures">${figure(report.new, t('import.new'))}${figure(report.update, t('import.update'))}${figure(report.error, t('import.error'), report.error ? 'bad' : '')}</dl>
      ${
        report.errors.length > 0
          ? html`<table class="cards"><thead><tr><th scope="col">${t('import.row')}</th><th scope="col">${t('import.field')}</th><th scope="col">${t('import.why')}</th></tr></thead>
        <tbody>${report.errors.map(({ row, pointer, message }) => {
          const name = pointer.split('/')[1] ?? '';
          const field = entity.fields[name];
          return html`<tr><td>${row}</td><td data-label=${t('import.field')}>${field ? fieldLabel(name, field) : humanise(name)}</td><td data-label=${t('import.why')}>${message}</td></tr>`;
        })}</tbody></table>`
          : nothing
      }
      <div class="buttons"><button class="primary" ?disabled=${this.busy || good === 0} @click=${() => void this.#send(false)}>${this.busy ? t('import.running') : tn('import.run', good)}</button>
        ${report.error > 0 && good > 0 ? html`<span class="muted small">${tn('import.skips', report.error)}</span>` : nothing}</div>
    </section>`;
  }
}
