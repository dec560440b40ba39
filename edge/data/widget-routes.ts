/** What the kit's own elements ask for: a page of the records that a widget shows, and what a visitor sends by its form. */
import type { Hono } from 'hono';
import * as z from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { validate } from '../../schemas/errors/validate.ts';
import type { GenericWidgetJson } from '../../schemas/module/index.ts';
import type { Call } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readJson } from '../http/json-body.ts';
import { recordsPage } from '../widgets/records-page.ts';
import { submitForm } from '../widgets/submit.ts';
import { wordingIn } from '../widgets/views.ts';
import { type DataDeps, limitAction, limitVisitor } from './open-request.ts';
import { base, open, send } from './request.ts';
import { localeFor } from './text-locale.ts';

const pageRequest = z.strictObject({
  locale: z.string().max(35).optional(),
  after: z.string().max(2000).optional(),
  q: z.string().max(200).optional(),
  id: z.string().max(60).optional(),
  month: z.string().max(10).optional(),
});

/** Forms that one address may send a minute. */
const perMinute = 20;

export function addWidgetRoutes(routes: Hono<AppEnv>, deps: DataDeps): void {
  const { runtime } = deps;

  routes.post(`${base}/widgets/:widget/page`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    const { name, widget } = widgetOf(module, c);
    if (widget.kind === 'form') throw Problem.of('NOT_FOUND');
    const ask = validate(pageRequest, body);
    const locale = localeFor(ask.locale, call);
    const wording = wordingIn(module, name, widget, locale.read[0]!);
    const source = { runtime, call: { ...call, locale }, module, widget, wording };
    return send(c, { status: 200, body: JSON.stringify({ data: await recordsPage(source, ask) }) });
  });

  routes.post(`${base}/widgets/:widget/submit`, async c => {
    const body = await readJson(c.req.raw);
    const { call, module } = await open(deps, c, body);
    const { name, widget } = widgetOf(module, c);
    if (widget.kind !== 'form') throw Problem.of('NOT_FOUND');
    await (widget.action === undefined
      ? limitVisitor(deps, c, call, `${module.name}.${name}`, perMinute)
      : limitAction(deps, c, call, module, widget.action));
    const { locale } = body as { locale?: unknown };
    const spoken: Call = { ...call, locale: localeFor(typeof locale === 'string' ? locale : undefined, call) };
    return send(c, await submitForm(runtime, spoken, module, widget, body));
  });
}

/** A widget with an element of its own has nothing to ask for here. */
function widgetOf(module: CompiledModule, c: AppContext): { name: string; widget: GenericWidgetJson } {
  const name = c.req.param('widget') ?? '';
  const widgets = module.manifest.widgets ?? {};
  const widget = Object.hasOwn(widgets, name) ? widgets[name] : undefined;
  if (widget?.kind === undefined) throw Problem.of('NOT_FOUND');
  return { name, widget };
}
