/** What the session brings for widgets that the kit draws: words, controls, and the first page of records. */
import type { GenericWidgetJson } from '../../schemas/module/index.ts';
import type { FormView, RecordsView, WidgetView } from '../../schemas/protocol/index.ts';
import { toLocal } from '../../schemas/time/index.ts';
import type { Call } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Runtime } from '../engine/runtime.ts';
import { controlOf } from './form-controls.ts';
import { recordsPage } from './records-page.ts';
import { type Wording, wordingOf } from './wording.ts';
import { wordsIn } from './words.ts';

/** The widgets of a module that have no element of their own, by name. */
export const genericWidgets = (module: CompiledModule): readonly (readonly [string, GenericWidgetJson])[] =>
  Object.entries(module.manifest.widgets ?? {}).flatMap(([name, widget]) =>
    widget.kind === undefined ? [] : [[name, widget] as const],
  );

/** The fields that a widget is about: those of its entity, or of its action's input. */
export const fieldsOf = ({ manifest }: CompiledModule, { entity, action }: GenericWidgetJson) =>
  entity === undefined ? manifest.actions[action!]!.input : manifest.entities[entity]!.fields;

/** `locale` as the visitor's page has it; the module's strings in the language that fits it best. */
export function wordingIn(
  module: CompiledModule,
  name: string,
  widget: GenericWidgetJson,
  locale: string,
  strings: Readonly<Record<string, string>> = module.code?.strings?.[locale.split('-')[0]!] ?? {},
): Wording {
  return wordingOf({ name, widget, fields: fieldsOf(module, widget), locale, strings });
}

export interface ModuleViews {
  /** The kit's words, for what the module's own strings leave out. */
  readonly strings: Readonly<Record<string, string>>;
  readonly views: Readonly<Record<string, WidgetView>>;
}

/** Undefined for a module without such widgets. `call.locale` decides in which language translated fields are read. */
export async function moduleViews(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  locale: string,
  strings: Readonly<Record<string, string>>,
): Promise<ModuleViews | undefined> {
  const widgets = genericWidgets(module);
  if (widgets.length === 0) return undefined;
  const views = await Promise.all(
    widgets.map(async ([name, widget]) => {
      const wording = wordingIn(module, name, widget, locale, strings);
      const view =
        widget.kind === 'form'
          ? formView(module, name, widget, wording)
          : await recordsView(runtime, call, module, name, widget, wording);
      return [widget.tag, view] as const;
    }),
  );
  return { strings: wordsIn(locale), views: Object.fromEntries(views) };
}

function formView(module: CompiledModule, name: string, widget: GenericWidgetJson, wording: Wording): FormView {
  const fields = fieldsOf(module, widget);
  return {
    kind: 'form',
    widget: name,
    ...(widget.action ? { action: widget.action } : {}),
    ...(widget.action && module.manifest.actions[widget.action]!.captcha === true ? { proof: true } : {}),
    ...(widget.layout ? { layout: widget.layout } : {}),
    words: wording.words,
    ...(widget.currency ? { currency: widget.currency } : {}),
    controls: widget.fields.map(field => controlOf(field, fields[field]!, wording, widget)),
  };
}

async function recordsView(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  name: string,
  widget: GenericWidgetJson,
  wording: Wording,
): Promise<RecordsView> {
  const zone = call.site?.zone ?? call.tenant.client.zone;
  const today = toLocal(runtime.ports.clock.now(), zone).date;
  const month = widget.kind === 'calendar' ? { month: today.slice(0, 7) } : {};
  return {
    kind: widget.kind as RecordsView['kind'],
    widget: name,
    ...(widget.layout ? { layout: widget.layout } : {}),
    words: wording.words,
    opens: widget.detail !== undefined,
    page: widget.kind === 'detail' ? null : await recordsPage({ runtime, call, module, widget, wording }, month),
    ...(widget.kind === 'calendar' ? { today } : {}),
  };
}
