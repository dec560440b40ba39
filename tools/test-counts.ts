/** Reads how many tests passed and failed, and in which files, from what the test runners print. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The closing lines of node:test's spec reporter (`ℹ pass 3`) or of its TAP (`# pass 3`). */
export function nodeCounts(text: string): Counts | undefined {
  const last = (name: string) => [...text.matchAll(new RegExp(`^(?:ℹ|#) ${name} (\\d+)$`, 'gm'))].at(-1)?.[1];
  const [pass, fail, cancelled] = [last('pass'), last('fail'), last('cancelled')];
  if (pass === undefined || fail === undefined) return undefined;
  return { passed: Number(pass), failed: Number(fail) + Number(cancelled ?? 0) };
}

/** The summary of @web/test-runner (`Chromium: |███| 3/3 test files | 12 passed, 1 failed`). */
export function browserCounts(text: string): Counts | undefined {
  const line = [...text.matchAll(/test files \|(.*)$/gm)].at(-1)?.[1];
  if (line === undefined) return undefined;
  const count = (name: string) => Number(new RegExp(`(\\d+) ${name}`).exec(line)?.[1] ?? 0);
  return { passed: count('passed'), failed: count('failed') };
}

/** Tests that ran nothing, with the reason that they give, as node:test's spec reporter marks them (`﹣ name (1.2ms) # reason`). */
export function nodeSkips(text: string): string[] {
  return unique([...text.matchAll(/^\s*﹣ (.*) \([\d.]+ms\) # (.*)$/gm)].map(([, name, why]) => `${name}: ${why}`));
}

/** Files with a failed test, as node:test's spec reporter names them (`test at a.test.ts:9:3`). */
export function nodeFailures(text: string): string[] {
  return unique([...text.matchAll(/^test at (\S+?):\d+:\d+$/gm)].map(([, file]) => file!));
}

/** Files with a failed test, as @web/test-runner heads them (`a.test.ts:`, and below it ` ❌ name`). */
export function browserFailures(text: string): string[] {
  const files: string[] = [];
  let file: string | undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the runner rewrites its last line of progress.
  for (const line of text.replaceAll(/\x1b\[\d*[A-Za-z]/g, '').split('\n')) {
    file = /^(\S+\.test\.ts):$/.exec(line)?.[1] ?? file;
    if (file !== undefined && line.startsWith(' ❌ ')) files.push(file);
  }
  return unique(files);
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
