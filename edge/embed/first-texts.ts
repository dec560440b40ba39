/**
 * Amounts and lengths of what comes with a session, as words in the visitor's language: the first view of a widget needs
 * no formatter of the browser, whose first use alone keeps a phone's main thread for tens of milliseconds.
 */
import type { FieldJson } from '../../schemas/module/index.ts';
import { formatMoney, type Money } from '../../schemas/money/index.ts';
import { lengthWord } from '../../schemas/protocol/length-word.ts';
import { moneyWord } from '../../schemas/protocol/money-word.ts';
import { durationText } from '../../schemas/time/index.ts';

type Nodes = Readonly<Record<string, FieldJson>>;

/** By `moneyWord` and `lengthWord`; `output` describes `data`, what it does not describe is left alone. */
export function firstTexts(output: Nodes, data: unknown, locale: string): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  const visit = (node: FieldJson, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (node.kind === 'object') visitAll(node.fields, value);
    else if (node.kind === 'list') for (const item of value as unknown[]) visit(node.of, item);
    else if (node.kind === 'money')
      texts[moneyWord(value as Money)] ??= formatMoney(value as Money, locale, { whole: true });
    else if (node.kind === 'duration') texts[lengthWord(value as number)] ??= durationText(locale, value as number);
  };
  const visitAll = (nodes: Nodes, value: unknown) => {
    for (const [name, node] of Object.entries(nodes)) visit(node, (value as Record<string, unknown>)[name]);
  };
  if (data !== null && typeof data === 'object') visitAll(output, data);
  return texts;
}
