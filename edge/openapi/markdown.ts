/** The document as Markdown, to be read or put into a wiki. */
import type { OpenApiDocument, Operation } from './document.ts';

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
