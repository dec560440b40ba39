/** The kit's own controls in a form from a manifest: each in a chunk of its own, fetched while somebody reads the form. */
import type { FormControl as Described } from '../../../schemas/protocol/widget.ts';
import { controlFor } from '../controls/control-for.ts';
import type { FormControl } from '../controls/form-control.ts';
import { createUploader } from '../controls/upload.ts';
import { prefilled } from '../prefill.ts';
import { follow } from './follow-prefill.ts';
import type { FormElement } from './form-element.ts';
import { proofs } from './send.ts';

export type RichControl = FormControl<unknown>;

/** What stands in one line beside another where there is room; the others have a line of their own. */
const narrow = /^inlaykit-(?:date|money|number|phone|select|time)$/;

const make = async (el: FormElement, described: Described): Promise<HTMLElement> => {
  const { name, label, help, required, field, part, options = [] } = described;
  const { view, context } = el;
  const words = new Map(options);
  const found = controlFor(field!, {
    name,
    part,
    label: value => words.get(value) ?? value,
    ...(view.currency ? { currency: view.currency } : {}),
    ...(view.action && context ? { for: `${context.m}.${view.action}.${name}` } : {}),
  });
  await found!.load();
  const control = document.createElement(found!.tag) as RichControl & { uploader?: unknown };
  Object.assign(control, found!.properties, { label, hint: help, required: !!required });
  if (context) control.uploader = createUploader(context);
  control.id = control.name = name;
  control.className = narrow.test(found!.tag) ? 'input' : 'wide';
  const before = prefilled(el, name);
  if (before) control.setAttribute('value', before);
  return control;
};

/** Makes those that are not there yet. One that cannot be loaded is a native control, where that can hold the same; else it is tried again. */
export const makeRich = (el: FormElement): Promise<unknown> => {
  follow(el);
  // Before it is sent, so that sending waits for nothing.
  if (el.view.action) proofs();
  return Promise.all(
    el.view.controls.map(async described => {
      const { name, field, as, attrs } = described;
      if (!field || el.controls[name]) return;
      const rich = await make(el, described).catch(() =>
        attrs['type'] || as !== 'input' ? el.native(described) : null,
      );
      // The form was begun anew, or somebody else was faster.
      if (rich && !el.controls[name]) el.controls[name] = rich as RichControl;
      el.requestUpdate();
    }),
  );
};
