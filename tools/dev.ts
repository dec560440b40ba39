/** `npm run dev`: the Node host, restarted when its files change, beside a build that follows the browser code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { root } from './root.ts';

const env = { ...process.env, INLAY_WATCH: '1' };
const start = (...args: string[]): ChildProcess => spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });

const registries = start('tools/generate-registries.ts');
registries.once('exit', code => {
  if (code !== 0) process.exit(code ?? 1);
  const children = [
    start('tools/build.ts', '--watch'),
    start('--watch', '--watch-preserve-output', 'edge/node.ts', ...process.argv.slice(2)),
  ];
  const stop = () => {
    for (const child of children) child.kill('SIGTERM');
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  for (const child of children) child.once('exit', stop);
});
