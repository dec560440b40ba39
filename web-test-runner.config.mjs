/** Runs the tests of browser code in Chromium, straight from TypeScript. */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { CHROMIUM_ARGS, ensureChromium } from './tools/chromium.ts';

export default {
  files: [
    'embed-sdk/**/*.test.ts',
    'widgets/kit/**/*.test.ts',
    'widgets/*/element/**/*.test.ts',
    'widgets/*/dashboard/**/*.test.ts',
    'dashboard/**/*.test.ts',
  ],
  nodeResolve: { exportConditions: ['browser', 'development'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.base.json' })],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] },
    }),
  ],
  concurrency: 2,
  testFramework: { config: { timeout: 30_000, ui: 'bdd' } },
  testsFinishTimeout: 300_000,
};
