/** What a page gives after a form was drawn reaches the fields that its visitor has not touched. */
import { prefilled } from '../prefill.ts';
import type { FormElement } from './form-element.ts';

/** A form is followed once. */
const followed = new WeakSet<FormElement>();

/** At once, and from now on with every update of the form. */
export const follow = (el: FormElement): void => {
  if (followed.has(el)) return;
  followed.add(el);
  const touched = new WeakSet<EventTarget>();
  el.frame.addEventListener('input', ({ target }) => touched.add(target!));
  const fill = () => {
    for (const [name, control] of Object.entries(el.controls)) {
      const given = prefilled(el, name);
      if (!given || touched.has(control)) continue;
      if (control.localName.startsWith('inlaykit')) {
        if (control.getAttribute('value') !== given) control.setAttribute('value', given);
        continue;
      }
      // What it began with; a checkbox is never given.
      const native = control as HTMLInputElement;
      if (native.type === 'checkbox') continue;
      // Somebody was faster than this file.
      if (native.value !== native.defaultValue) touched.add(native);
      else if (given !== native.value) native.value = native.defaultValue = given;
    }
  };
  fill();
  el.addController({ hostUpdate: fill });
};
