/** Entry of the widgets of kind `cards`: the loader calls `show` for each tag of the page. */
import { define } from '../define.ts';
import { CardsElement } from './cards-element.ts';

export const show = ({ localName }: Element): void => define(localName, class extends CardsElement {});
