/** Runs every suite and ends with what failed, what it said, and one line of totals. Arguments choose suites: unit, integration, browser, e2e; `--at=2026-11-30T19:00Z` has them then. */
import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './chromium.ts';
import { clockAt } from './clock-ahead.ts';
import { root } from './root.ts';
import { browserCounts, browserFailures, type Counts, nodeCounts, nodeFailures, nodeSkips } from './test-counts.ts';
import { browserFaults, type Fault, faultLines, lastWords, nodeFaults } from './test-faults.ts';

interface Suite {
  readonly name: string;
  readonly group: 'unit' | 'integration' | 'browser' | 'e2e';
  readonly files: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How many files run at a time; without it, one. */
  readonly atOnce?: number;
}

const BROWSER = /^(?:embed-sdk|dashboard|widgets\/kit|widgets\/[^/]+\/(?:element|dashboard))\//;
/** What a person does at the desk with a module that has no screen of its own is the product's promise on either host. */
const E2E_ON_BOTH = ['tests/e2e/generic-desk.test.ts'];
/** Walks that judge what stands still and measure no shift; what they noted is read after all of them. */
const WALKS = /\/axe-(?!whole)[^/]*\.test\.ts$/;
/** What happens between two hosts, or within a lease, is to find the machine idle. */
const ALONE = /\/(?:drain|durability|faults|kill|race|time)\.test\.ts$/;
const CORES = availableParallelism();
/** How many files with a host of their own run at a time: one waits while the other works. */
const HOSTS = Math.min(2, CORES);
/** What every process of the tests compiles is compiled once. */
const COMPILED = join(tmpdir(), 'node-compile-cache');
const SUITE_MS = 1_800_000;
/** With more files than these the fault is not one of chance. */
const MOST_AGAIN = 5;

/** Every suite with the files that there are. */
export function suites(): Suite[] {
  const tests = globSync('{schemas,edge,tools,tests,widgets,embed-sdk,dashboard,bench}/**/*.test.ts', {
    cwd: root,
  }).sort();
  const integration = tests.filter(file => file.startsWith('tests/integration/'));
  const e2e = tests.filter(file => file.startsWith('tests/e2e/'));
  const browser = tests.filter(file => BROWSER.test(file));
  const unit = tests.filter(file => ![...integration, ...e2e, ...browser].includes(file));
  return [
    { name: 'unit', group: 'unit', files: unit, atOnce: CORES },
    ...(['node', 'worker'] as const).flatMap(host => {
      const name = `integration on ${host === 'node' ? 'Node' : 'workerd'}`;
      const env = { INLAY_TEST_HOST: host };
      return [
        {
          name,
          group: 'integration',
          files: integration.filter(file => !ALONE.test(file)),
          env,
          atOnce: HOSTS,
        } as const,
        {
          name: `${name}, alone`,
          group: 'integration',
          files: integration.filter(file => ALONE.test(file)),
          env,
        } as const,
      ];
    }),
    { name: 'browser', group: 'browser', files: browser },
    { name: 'end to end, walks', group: 'e2e', files: e2e.filter(file => WALKS.test(file)), atOnce: HOSTS },
    // What moves late on a busy page counts as a shift: one at a time.
    { name: 'end to end', group: 'e2e', files: e2e.filter(file => !WALKS.test(file)) },
    {
      name: 'end to end on workerd',
      group: 'e2e',
      files: e2e.filter(file => E2E_ON_BOTH.includes(file)),
      env: { INLAY_TEST_HOST: 'worker' },
    },
  ];
}

interface Outcome extends Counts {
  /** Files with a test that failed at both tries. */
  readonly broken: readonly string[];
  /** Files with a test that failed and passed when its file ran again. */
  readonly unsteady: readonly string[];
  /** Tests that were left out, each with its reason. */
  readonly skipped: readonly string[];
  /** What the failed tests of both said. */
  readonly faults: readonly Fault[];
}

/** Files in which a test failed run once more by themselves: what fails twice has failed, what passes then is named. */
async function runSuite(suite: Suite): Promise<Outcome> {
  const first = await runFiles(suite);
  // What a property test found by chance would not be found again.
  const isByChance = first.files.some(file => readFileSync(join(root, file), 'utf8').includes("'fast-check'"));
  const again = first.files;
  if (first.failed === 0 || isByChance || again.length === 0 || again.length > MOST_AGAIN)
    return { ...first, broken: again, unsteady: [] };
  const second = await runFiles({ ...suite, name: `${suite.name}, once more`, files: again, atOnce: 1 });
  const unsteady = again.filter(file => !second.files.includes(file));
  // What failed twice is told in the words of the second time.
  const faults = [...first.faults.filter(({ where }) => unsteady.includes(where)), ...second.faults];
  if (second.failed > 0) return { ...first, failed: second.failed, broken: second.files, unsteady, faults };
  return { ...first, passed: first.passed + first.failed, failed: 0, broken: [], unsteady };
}

interface Run extends Counts {
  /** In which a test failed. */
  readonly files: readonly string[];
  readonly skipped: readonly string[];
  readonly faults: readonly Fault[];
}

async function runFiles(suite: Suite): Promise<Run> {
  const started = performance.now();
  console.log(`\n== ${suite.name}: ${suite.files.length} files`);
  const isBrowser = suite.group === 'browser';
  const { status, text } = await run(isBrowser ? browserArgs(suite) : nodeArgs(suite), suite.env ?? {});
  const counts = isBrowser ? browserCounts(text) : nodeCounts(text);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const passed = counts?.passed ?? 0;
  // A suite that fell over, or saw no test in its files, has failed even where it counts no failure.
  const failed =
    counts === undefined || passed + counts.failed === 0 || status !== 0
      ? Math.max(1, counts?.failed ?? 1)
      : counts.failed;
  console.log(`== ${suite.name}: ${passed} passed, ${failed} failed in ${seconds} s`);
  const files = isBrowser ? browserFailures(text) : nodeFailures(text);
  const told = isBrowser ? browserFaults(text) : nodeFaults(text);
  const faults = failed > 0 && told.length === 0 ? [lastWords(suite.name, text)] : told;
  return { passed, failed, files, skipped: isBrowser ? [] : nodeSkips(text), faults };
}

function nodeArgs({ files, atOnce = 1 }: Suite): string[] {
  const options = [
    '--test-reporter=spec',
    '--test-timeout=300000',
    '--test-force-exit',
    `--test-concurrency=${atOnce}`,
  ];
  return ['--test', ...options, ...files];
}

function browserArgs({ files }: Suite): string[] {
  return [join(root, 'node_modules/@web/test-runner/dist/bin.js'), '--files', ...files];
}

function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        ...process.env,
        NODE_TEST_CONTEXT: undefined,
        NODE_COMPILE_CACHE: COMPILED,
        FORCE_COLOR: '0',
        NO_COLOR: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const [stream, out] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        out.write(chunk);
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), SUITE_MS);
    child.once('error', reject);
    child.once('close', code => {
      clearTimeout(timer);
      resolve({ status: code ?? 1, text });
    });
  });
}

async function main(): Promise<void> {
  const { positionals: groups, values } = parseArgs({ allowPositionals: true, options: { at: { type: 'string' } } });
  if (values.at) Object.assign(process.env, clockAt(values.at));
  // Neither workerd nor the runner of the browser's tests can be told another time.
  const isTold = ({ group, env }: Suite) => group !== 'browser' && env?.['INLAY_TEST_HOST'] !== 'worker';
  const chosen = suites()
    .filter(({ files, group }) => files.length > 0 && (groups.length === 0 || groups.includes(group)))
    .filter(suite => !values.at || isTold(suite));
  if (chosen.some(({ group }) => group === 'browser' || group === 'e2e')) process.env['CHROME_PATH'] = ensureChromium();
  let [passed, failed, skipped] = [0, chosen.length === 0 ? 1 : 0, 0];
  const named: string[] = [];
  const faults: Fault[] = [];
  for (const suite of chosen) {
    const outcome = await runSuite(suite);
    passed += outcome.passed;
    failed += outcome.failed;
    skipped += outcome.skipped.length;
    faults.push(...outcome.faults);
    named.push(...outcome.broken.map(file => `failed: ${file} (${suite.name})`));
    named.push(...outcome.unsteady.map(file => `unsteady, passed when run again: ${file} (${suite.name})`));
    named.push(...outcome.skipped.map(test => `left out: ${test} (${suite.name})`));
  }
  const left = skipped > 0 ? `, ${skipped} left out` : '';
  const said = faultLines(faults);
  console.log(
    ['', ...named, ...said, ...(said.length > 0 ? [''] : []), `${passed} passed, ${failed} failed${left}`].join('\n'),
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

if (import.meta.main) await main();
