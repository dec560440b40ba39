/** Entry of the widgets of kind `list`: the loader calls `show` for each tag of the page. */
import { define } from '../define.ts';
import { ListElement } from './list-element.ts';

export const show = ({ localName }: Element): void => define(localName, class extends ListElement {});
