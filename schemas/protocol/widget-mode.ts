/** How a widget shows on a page. */
export const widgetModes = ['inline', 'popup', 'float', 'frame'] as const;
export type WidgetMode = (typeof widgetModes)[number];

/** Whether a widget of a mode is behind a trigger: it has no place in the page, and a placeholder in it would be shown as the trigger. */
export const onDemand = (mode: unknown): boolean => /popup|float/.test(mode as string);
