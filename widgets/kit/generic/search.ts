/** Entry of the widgets of kind `search`: the loader calls `show` for each tag of the page. */
import { define } from '../define.ts';
import { SearchElement } from './search-element.ts';

export const show = ({ localName }: Element): void => define(localName, class extends SearchElement {});
