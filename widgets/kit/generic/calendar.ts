/** Entry of the widgets of kind `calendar`: the loader calls `show` for each tag of the page. */
import { define } from '../define.ts';
import { CalendarElement } from './calendar-element.ts';

export const show = ({ localName }: Element): void => define(localName, class extends CalendarElement {});
