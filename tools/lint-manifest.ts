/** Compares each module's manifest with the one that was published last, or two manifests in files. Ends with 1 on an error. */
import { readFileSync } from 'node:fs';
import { lintManifest } from '../edge/versions/lint.ts';
import { type ManifestJson, parseManifest, toManifest } from '../schemas/module/index.ts';
import { houseModule, houseModules } from './house-modules.ts';
import { houseRules, type Line } from './house-rules.ts';
import { publishedManifest, recordPublished } from './published-manifest.ts';

const usage = `Usage: node tools/lint-manifest.ts                        every module beside its last published version
       node tools/lint-manifest.ts before.json after.json  two manifests
       node tools/lint-manifest.ts --record [module...]    keeps the manifests as published, where nothing is wrong`;

const current = async (name: string): Promise<ManifestJson> => parseManifest(toManifest(await houseModule(name)));

/** Whether there is no error. */
function report(name: string, lines: readonly Line[]): boolean {
  for (const { level, code, pointer, message } of lines) console.log(`${level} ${code} ${name}${pointer}: ${message}`);
  return lines.every(({ level }) => level !== 'error');
}

async function main(args: readonly string[]): Promise<boolean> {
  const isRecord = args.includes('--record');
  const named = args.filter(arg => !arg.startsWith('--'));
  if (!isRecord && named.length > 0) {
    const [before, after] = named.map(file => parseManifest(JSON.parse(readFileSync(file, 'utf8'))));
    if (!before || !after || named.length > 2) throw new Error(usage);
    return report(after.id, lintManifest(before, after));
  }
  let isClean = true;
  for (const name of named.length > 0 ? named : houseModules) {
    const [before, after] = [publishedManifest(name), await current(name)];
    const isFine = report(name, [...houseRules(before, after), ...lintManifest(before, after)]);
    if (isFine && isRecord) recordPublished(name, after);
    isClean &&= isFine;
  }
  return isClean;
}

main(process.argv.slice(2)).then(
  isClean => {
    process.exitCode = isClean ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
