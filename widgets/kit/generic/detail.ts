/** Entry of the widgets of kind `detail`: the loader calls `show` for each tag of the page. */
import { define } from '../define.ts';
import { DetailElement } from './detail-element.ts';

export const show = ({ localName }: Element): void => define(localName, class extends DetailElement {});
