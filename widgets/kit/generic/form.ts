/** Entry of the widgets of kind `form`: the loader calls `show` for each tag of the page. */
import { define } from '../define.ts';
import { FormElement } from './form-element.ts';

export const show = ({ localName }: Element): void => define(localName, class extends FormElement {});
