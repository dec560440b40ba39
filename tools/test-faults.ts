/** Reads what failed tests said from what the test runners print, short enough for the end of a log. */
import { stripVTControlCharacters } from 'node:util';

/** What the failed tests of one file said. */
export interface Fault {
  /** The file, or the suite where no file is to blame. */
  readonly where: string;
  readonly lines: readonly string[];
}

const FILE_LINES = 40;
const MESSAGE_LINES = 16;
const STACK_LINES = 4;
const LOG_LINES = 10;
const LAST_LINES = 30;

/** Failed tests by file, as node:test's spec reporter sums them up: each `test at a.test.ts:9:3`, `✖ name (1ms)` and its error. */
export function nodeFaults(text: string): Fault[] {
  const [before, summary] = halves(text, '✖ failing tests:\n');
  const said = new Map<string, string[]>();
  for (const part of summary.split(/^(?=test at \S+?:\d+:\d+$)/m)) {
    const [, file] = /^test at (\S+?):\d+:\d+$/m.exec(part) ?? [];
    if (file === undefined) continue;
    const [name = '', ...error] = part.trimEnd().split('\n').slice(1);
    const isWholeFile = error.length === 1 && error[0]!.trim() === "'test failed'";
    said.set(file, [...(said.get(file) ?? []), name, ...(isWholeFile ? printedBefore(before, name) : short(error))]);
  }
  return faults(said);
}

/** Failed tests by file, as @web/test-runner prints them below the file's name, with the last that its page logged. */
export function browserFaults(text: string): Fault[] {
  const said = new Map<string, string[]>();
  const plain = stripVTControlCharacters(text);
  for (const part of plain.split(/^(?=\S+\.test\.ts:$)/m)) {
    const [, file] = /^(\S+\.test\.ts):$/m.exec(part) ?? [];
    if (file === undefined || !part.includes('\n ❌ ')) continue;
    const [report = ''] = part.split(/^\w+: \|/m);
    const [logs, failures] = halves(report, '\n ❌ ', 'first');
    const logged = logs.split('\n').slice(1).filter(isText).slice(-LOG_LINES);
    said.set(file, [...logged, ...` ❌ ${failures}`.split('\n').filter(isText)]);
  }
  return faults(said);
}

/** What a run said last that fell over without a failed test. */
export const lastWords = (suite: string, text: string): Fault => ({
  where: suite,
  lines: stripVTControlCharacters(text).trimEnd().split('\n').slice(-LAST_LINES),
});

/** The faults as lines below their heads. */
export const faultLines = (faults: readonly Fault[]): string[] =>
  faults.flatMap(({ where, lines }) => ['', `-- ${where}`, ...lines]);

const isText = (line: string) => line.trim() !== '';

/** The text before the mark and after it. */
function halves(text: string, mark: string, which: 'first' | 'last' = 'last'): [string, string] {
  const at = which === 'first' ? text.indexOf(mark) : text.lastIndexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** An error's message and the start of its stack, without the runner's own frames and the properties that say the same again. */
function short(error: readonly string[]): string[] {
  const isFrame = (line: string) => /^\s+at /.test(line);
  const first = error.findIndex(isFrame);
  const message = error.slice(0, first === -1 ? undefined : first).filter(isText);
  const stack = error.filter(line => isFrame(line) && !/\bnode:|node_modules|\(<anonymous>\)/.test(line));
  const left = message.length - MESSAGE_LINES;
  return [
    ...message.slice(0, MESSAGE_LINES),
    ...(left > 0 ? [`  … ${left} more lines`] : []),
    ...stack.slice(0, STACK_LINES).map(line => line.replace(/ \{$/, '')),
  ];
}

/** What a file printed before it ended, where it ended without a word about a test. */
function printedBefore(text: string, name: string): string[] {
  const [before] = halves(text, `${name}\n`);
  const lines = before.trimEnd().split('\n');
  return lines.slice(lines.findLastIndex(line => /^\s*[✔✖▶﹣]/.test(line)) + 1).slice(-LAST_LINES);
}

const faults = (said: ReadonlyMap<string, readonly string[]>): Fault[] =>
  [...said].map(([where, lines]) => ({
    where,
    lines:
      lines.length > FILE_LINES
        ? [...lines.slice(0, FILE_LINES - 1), `… ${lines.length - FILE_LINES + 1} more lines`]
        : lines,
  }));
