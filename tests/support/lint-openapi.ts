/** The two linters that an OpenAPI document must satisfy. */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';

async function redocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source, config });
  return problems.map(({ ruleId, message, location }) => `redocly ${ruleId} ${location[0]?.pointer}: ${message}`);
}

async function spectralProblems(source: string): Promise<string[]> {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas as never, 'recommended']] } as never);
  const problems = await linter.run(source);
  return problems.map(({ code, message, path }) => `spectral ${code} ${path.join('.')}: ${message}`);
}

/** What either of them finds in the document's JSON, each line beginning with its name. */
export async function lintOpenApi(source: string): Promise<string[]> {
  return [...(await redocly(source)), ...(await spectralProblems(source))];
}
