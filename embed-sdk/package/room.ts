/** Whether a widget of a mode has a place in the page. A trigger has none, and a placeholder in it would be shown as the trigger. */
export const hasRoom = (mode: unknown): boolean => !/popup|float/.test(mode as string);
