/** Brings an archive of a client in, and says what came. */
import { html, nothing } from 'lit';
import type { ImportReport } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';

/** @tag desk-archive-import */
export class ArchiveImport extends DeskElement {
  static override styles = [DeskElement.styles, form, panel];
  static override properties = {
    clientId: { attribute: false },
    file: { state: true },
    busy: { state: true },
    report: { state: true },
    problem: { state: true },
  };
  declare clientId: string;
  declare file: File | null;
  declare busy: boolean;
  declare report: ImportReport | null;
  declare problem: ApiProblem | null;

  constructor() {
    super();
    this.file = null;
    this.busy = false;
    this.report = null;
    this.problem = null;
  }

  async #bring(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.file) return;
    this.busy = true;
    this.problem = null;
    this.report = null;
    try {
      this.report = await this.api.control.importArchive(this.clientId, this.file);
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
      for (const part of ['space', 'sites']) this.api.cache.stale(`${part}:${this.clientId}`);
    }
  }

  protected override render() {
    const { report } = this;
    return html`<form class="fields" @submit=${this.#bring}>
      <div class="field medium"><label for="archive">${t('data.importFile')}</label>
        <input id="archive" type="file" accept=".zip,application/zip" required ?disabled=${this.busy} @change=${(event: Event) => (this.file = (event.target as HTMLInputElement).files?.[0] ?? null)} /></div>
      <div class="buttons"><button type="submit" ?disabled=${this.busy}>${t('data.importButton')}</button></div>
      ${this.busy ? html`<div role="status"><p class="muted">${t('data.importing')}</p><progress aria-label=${t('data.importing')}></progress></div>` : nothing}
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${
        report
          ? html`<div class="notice" role="status"><div><p>${t('data.imported', { records: report.records, files: report.files, sites: report.sites.length })}</p>
        ${report.suppressed > 0 ? html`<p>${t('data.importedLess', { n: report.suppressed })}</p>` : nothing}</div></div>`
          : nothing
      }
    </form>`;
  }
}
