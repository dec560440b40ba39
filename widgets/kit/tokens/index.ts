/** Design tokens in three layers, shared by the widgets and the dashboard. */
export { component } from './component.ts';
export { primitive } from './primitive.ts';
export { semantic } from './semantic.ts';
