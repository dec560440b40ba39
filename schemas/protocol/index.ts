/** Shapes that travel between the edge and its clients. Types alone: importing this costs nothing. */
export type * from './actor.ts';
export type * from './analytics.ts';
export type * from './audit.ts';
export type * from './control.ts';
export type * from './data.ts';
export type * from './embed.ts';
export type * from './erasure.ts';
export type * from './site-builders.ts';
export type * from './widget.ts';
export type * from './widget-mode.ts';
