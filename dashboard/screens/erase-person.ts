/** Takes one person out of a client's records: what goes and what stays, the address once more, and the receipt. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ErasurePreview, ErasureProof, RecordName } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatInstant } from '../generic/format-value.ts';
import { saveBlob } from '../generic/save-blob.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import {
  keptLines,
  type Line,
  type Manifests,
  outsideLines,
  receiptText,
  recordPath,
  recordWords,
  residueLines,
  takenAsDone,
  takenLines,
} from './erasure-words.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

type Sought = { readonly email: string } | { readonly person: string };
type Step =
  | { readonly at: 'ask' | 'looking' | 'nothing' }
  | { readonly at: 'found' | 'erasing'; readonly who: Sought; readonly found: ErasurePreview }
  | { readonly at: 'done'; readonly found: ErasurePreview; readonly proof: ErasureProof };

/** Records to judge that are named one by one. */
const FIRST = 10;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The record that a link ends in, or an e-mail address; null where it is neither. */
const soughtIn = (text: string): Sought | null => {
  const person = text.match(uuid)?.at(-1);
  if (person) return { person };
  return text.includes('@') ? { email: text } : null;
};

/** @tag desk-erase-person */
export class ErasePerson extends DeskElement {
  static override properties = {
    clientId: { attribute: false },
    step: { state: true },
    wrong: { state: true },
    problem: { state: true },
  };
  declare clientId: string;
  /** Whoever is sought is kept here alone, and only until it is done. */
  declare step: Step;
  /** What is wrong with the field at hand. */
  declare wrong: string;
  declare problem: ApiProblem | null;

  constructor() {
    super();
    this.step = { at: 'ask' };
    this.wrong = '';
    this.problem = null;
  }

  /** While it is being done nobody should leave. */
  get busy(): boolean {
    return this.step.at === 'erasing';
  }

  get #manifests(): Manifests {
    return this.space?.manifests ?? new Map();
  }

  async #go(step: Step): Promise<void> {
    this.step = step;
    this.wrong = '';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(step.at === 'ask' ? '#who' : '[tabindex="-1"]')?.focus();
  }

  async #look(event: Event): Promise<void> {
    event.preventDefault();
    const who = soughtIn(formValues(event, 'who').who);
    this.problem = null;
    if (!who) {
      this.wrong = t('erase.unclearWho');
      this.renderRoot.querySelector<HTMLElement>('#who')?.focus();
      return;
    }
    this.wrong = '';
    this.step = { at: 'looking' };
    try {
      const found = await this.api.control.previewErasure(this.clientId, who);
      const empty = found.records.length + found.kept.length + found.unclear.length + found.files === 0;
      await this.#go(empty ? { at: 'nothing' } : { at: 'found', who, found });
    } catch (error) {
      this.problem = asProblem(error);
      this.step = { at: 'ask' };
      this.wrong = fieldError(this.problem, 'email') ?? '';
    }
  }

  /** What has to be written before it is done: the address, or a word for a person who has none. */
  #address = ({ addresses }: ErasurePreview): string => addresses[0] ?? t('erase.word');

  async #erase(event: Event, who: Sought, found: ErasurePreview): Promise<void> {
    event.preventDefault();
    const address = this.#address(found);
    if (formValues(event, 'again').again.toLowerCase() !== address.toLowerCase()) {
      this.wrong = t('erase.differs', { address });
      this.renderRoot.querySelector<HTMLElement>('#again')?.focus();
      return;
    }
    this.problem = null;
    this.wrong = '';
    this.step = { at: 'erasing', who, found };
    try {
      const proof = await this.api.control.erasePerson(this.clientId, who);
      await this.#go({ at: 'done', found, proof });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 404) await this.#go({ at: 'nothing' });
      else {
        this.problem = problem;
        this.step = { at: 'found', who, found };
      }
    } finally {
      // What was read before may name the person.
      this.api.cache.forget();
    }
  }

  #keep(proof: ErasureProof, before: ErasurePreview): void {
    const { manifests, when } = { manifests: this.#manifests, when: this.#when(proof) };
    const [client, by] = [this.space?.client.name ?? '', this.session?.user.name ?? ''];
    const text = receiptText({ proof, before, manifests, client, by, when });
    saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), `erasure-${proof.at.slice(0, 10)}.txt`);
  }

  #when = ({ at }: ErasureProof): string => {
    const zone = this.space?.client.zone ?? 'UTC';
    return `${formatInstant(at, zone)} (${zone})`;
  };

  protected override render() {
    const { step } = this;
    if (step.at === 'done') return this.#done(step.found, step.proof);
    if (step.at === 'found' || step.at === 'erasing') return this.#found(step.who, step.found, step.at === 'erasing');
    return this.#ask(step.at);
  }

  #problem() {
    const { problem } = this;
    if (!problem || this.wrong) return nothing;
    const unknown = this.step.at === 'found' && (problem.status === 0 || problem.status >= 500);
    const text = unknown ? t('erase.broken') : problemText(problem);
    return html`<p class="notice error" role="alert">${text}</p>`;
  }

  #ask(at: 'ask' | 'looking' | 'nothing') {
    return html`<form novalidate @submit=${(event: Event) => void this.#look(event)}>
      <div class="medium">${simpleField({ name: 'who', label: t('erase.who'), hint: t('erase.whoHint'), error: this.wrong || undefined })}</div>
      ${this.#problem()}
      <div class="buttons"><button type="submit" ?disabled=${at === 'looking'}>${icon('search')}${t('erase.look')}</button></div>
      ${at === 'looking' ? this.#progress(t('erase.looking')) : nothing}
      ${at === 'nothing' ? html`<div class="notice" role="status"><div><h3 tabindex="-1">${t('erase.nothing')}</h3><p class="muted">${t('erase.nothingText')}</p></div></div>` : nothing}
    </form>`;
  }

  #progress = (text: string) =>
    html`<div class="doing" role="status"><p class="muted">${text}</p><progress aria-label=${text}></progress></div>`;

  #part(title: string, lines: readonly Line[], text = '', focus = false): TemplateResult | typeof nothing {
    if (lines.length === 0) return nothing;
    return html`<section class="part"><h3 tabindex=${focus ? '-1' : nothing}>${title}</h3>
      <ul>${lines.map(line => html`<li>${line.text}${line.more ? html`<br /><span class="muted small">${line.more}</span>` : nothing}</li>`)}</ul>
      ${text ? html`<p class="muted small">${text}</p>` : nothing}</section>`;
  }

  #judge(unclear: readonly RecordName[]) {
    if (unclear.length === 0) return nothing;
    const link = (record: RecordName) => {
      const path = recordPath(this.clientId, record, this.#manifests);
      const words = `${recordWords(record.entity, this.#manifests)} ${record.id.slice(-6)}`;
      return path ? html`<a href=${path} target="_blank">${words}</a>` : html`${words}, ${t('erase.judgeGone')}`;
    };
    return html`<section class="part"><h3>${t('erase.judge')}</h3><p class="muted small">${t('erase.judgeText')}</p>
      <ul>${unclear.slice(0, FIRST).map(record => html`<li>${link(record)}</li>`)}</ul>
      ${unclear.length > FIRST ? html`<p class="muted small">${t('andMore', { n: unclear.length - FIRST })}</p>` : nothing}</section>`;
  }

  #found(who: Sought, found: ErasurePreview, erasing: boolean) {
    const address = this.#address(found);
    return html`<form class="panel" novalidate @submit=${(event: Event) => void this.#erase(event, who, found)}>
      ${this.#part(t('erase.goes'), takenLines(found, this.#manifests), t('erase.rest'), true)}
      ${this.#part(t('erase.stays'), keptLines(found.kept, this.#manifests))}
      ${this.#judge(found.unclear)}
      <div class="medium">${simpleField({ name: 'again', label: t('erase.again', { address }), hint: t('erase.againHint'), error: this.wrong || undefined, readOnly: erasing })}</div>
      ${this.#problem()}
      <div class="buttons"><button class="primary danger" type="submit" ?disabled=${erasing}>${t('erase.do')}</button>
        <button type="button" ?disabled=${erasing} @click=${() => this.#leave()}>${t('cancel')}</button></div>
      ${erasing ? this.#progress(t('erase.doing')) : nothing}
    </form>`;
  }

  #leave(): void {
    this.problem = null;
    void this.#go({ at: 'ask' });
  }

  #done(before: ErasurePreview, proof: ErasureProof) {
    const when = this.#when(proof);
    const plain = (text: string): Line => ({ text, more: '' });
    return html`<div class="panel fields">
      <div class="notice" role="status">${icon('check')}<div><h3 tabindex="-1">${t('erase.done')}</h3><p class="muted">${t('erase.doneText', { when })}</p></div></div>
      ${this.#part(t('erase.wasTaken'), takenAsDone(proof, before, this.#manifests))}
      ${this.#part(t('erase.wasKept'), keptLines(proof.kept, this.#manifests))}
      ${this.#judge(proof.unclear)}
      ${this.#part(t('erase.residue'), residueLines(proof), t('erase.residueText'))}
      ${this.#part(t('erase.outside'), outsideLines(proof).map(plain))}
      <section class="part"><h3>${t('erase.fingerprint')}</h3><p class="print">${proof.hash}</p><p class="muted small">${t('erase.fingerprintText')}</p></section>
      <div class="buttons"><button class="primary" @click=${() => this.#keep(proof, before)}>${icon('download')}${t('erase.keep')}</button>
        <button @click=${() => this.#leave()}>${t('erase.close')}</button></div>
    </div>`;
  }

  static override styles = [
    DeskElement.styles,
    form,
    panel,
    css`
      .part { display: grid; gap: 6px; grid-template-columns: minmax(0, 1fr); }
      .part li { padding-inline-start: 16px; padding-block: 2px; position: relative; overflow-wrap: anywhere; }
      .part li::before { content: ''; position: absolute; inset-inline-start: 2px; inset-block-start: 11px; inline-size: 4px; block-size: 4px; border-radius: 50%; background: var(--edge); }
      h3:focus-visible { outline: none; }
      .print { font-family: var(--mono); font-size: 0.8125rem; overflow-wrap: anywhere; direction: ltr; }
      .doing { display: grid; gap: 6px; }
      progress { inline-size: min(400px, 100%); block-size: 6px; accent-color: var(--accent); }
    `,
  ];
}
