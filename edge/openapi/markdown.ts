/** The document as Markdown, to be read or put into a wiki. */
import type { OpenApiDocument, Operation } from './document.ts';
import type { JsonSchema } from './field-schema.ts';

const methods = ['get', 'post', 'patch', 'delete'] as const;

/** Operations of one tag, with method and path. */
export function operationsOf(
  document: OpenApiDocument,
  tag: string,
): readonly { readonly method: string; readonly path: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap(method => {
      const operation = item[method];
      return operation?.tags.includes(tag) ? [{ method, path, operation }] : [];
    }),
  );
}

export const exampleBody = (operation: Operation): unknown =>
  operation.requestBody?.content['application/json']?.example;

/** A parameter with the reference to a shared one followed. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

const lastOf = (reference: unknown): string => String(reference).split('/').at(-1)!;

export const parametersOf = (document: OpenApiDocument, { parameters = [] }: Operation): readonly Parameter[] =>
  parameters.map(parameter => {
    const shared = document.components['parameters']?.[lastOf(parameter['$ref'])];
    return (shared ?? parameter) as unknown as Parameter;
  });

/** What a filter may say: each name with its operators. */
function conditionsIn(document: OpenApiDocument, { content }: Parameter): string[] {
  const reference = content?.['application/json']?.schema['$ref'];
  const filter = reference === undefined ? undefined : document.components['schemas']?.[lastOf(reference)];
  if (!filter) return [];
  const properties = Object.entries(filter['properties'] as Readonly<Record<string, JsonSchema>>);
  const conditions = properties.flatMap(([name, schema]) => {
    const operators = schema['properties'] as object | undefined;
    return operators ? [`\`${name}\` (${Object.keys(operators).join(', ')})`] : [];
  });
  return ['', `Filters: ${conditions.join('; ')}.`];
}

function parameterLines(document: OpenApiDocument, operation: Operation): string[] {
  const parameters = parametersOf(document, operation).filter(({ name }) => name !== 'id');
  if (parameters.length === 0) return [];
  const values = ({ schema }: Parameter): string => {
    const items = (schema?.['items'] ?? schema) as JsonSchema | undefined;
    const list = items?.['enum'] as readonly string[] | undefined;
    return list ? ` One of ${list.map(value => `\`${value}\``).join(', ')}.` : '';
  };
  const row = (parameter: Parameter) =>
    `| \`${parameter.name}\` | ${parameter.in} | ${cell(parameter.description + values(parameter))} |`;
  return [
    '',
    '| Parameter | In | Meaning |',
    '| --- | --- | --- |',
    ...parameters.map(row),
    ...parameters.flatMap(parameter => conditionsIn(document, parameter)),
  ];
}

/** A pipe or a line break would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

export function markdownOf(document: OpenApiDocument): string {
  const [server] = document.servers;
  const lines = [
    `# ${document.info.title}`,
    '',
    String(document.info['description']),
    '',
    `Server: \`${server?.url}\``,
  ];
  for (const tag of document.tags) {
    lines.push('', `## ${tag.name}`, '', tag.description);
    for (const { method, path, operation } of operationsOf(document, tag.name)) {
      lines.push('', `### ${operation.summary}`, '', `\`${method.toUpperCase()} ${path}\``, '', operation.description);
      lines.push(...parameterLines(document, operation));
      const body = exampleBody(operation);
      if (body !== undefined) lines.push('', '```json', JSON.stringify(body, null, 2), '```');
      lines.push('', '| Status | Meaning |', '| --- | --- |');
      for (const [status, { description, $ref }] of Object.entries(operation.responses)) {
        const shared = document.components['responses']?.[$ref?.split('/').at(-1) ?? ''];
        lines.push(`| ${status} | ${cell(String(description ?? shared?.['description']))} |`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
