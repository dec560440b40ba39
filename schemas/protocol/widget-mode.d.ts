/** How a widget shows on a page. */
export declare const widgetModes: readonly ['inline', 'popup', 'float', 'frame'];
export type WidgetMode = (typeof widgetModes)[number];
/** Whether a widget of a mode is behind a trigger: it has no place in the page, and a placeholder in it would be shown as the trigger. */
export declare const onDemand: (mode: unknown) => boolean;
