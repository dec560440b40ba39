/** `@inlay/embed/svelte`: an action for the tag itself, which Svelte's templates take as it is. */
import { listen } from './listen.ts';
import type { Events, InlayTagName, WidgetOptions } from './tag-types.ts';

/** `oninlay:booking-held` on the tag itself. */
export type TemplateListeners<T extends InlayTagName> = {
  readonly [E in keyof Events<T> & string as `on${E}`]?: (event: Events<T>[E]) => void;
};

/** `<inlay-booking use:inlay={{ onReady, on: { 'inlay:booking-confirmed': ... } }}>`. */
export const inlay = <T extends InlayTagName>(
  element: HTMLElement,
  options: Omit<WidgetOptions<T>, 'height'>,
): { update(changed: Omit<WidgetOptions<T>, 'height'>): void; destroy(): void } => {
  let stop = listen(element, options);
  return {
    update(changed) {
      stop();
      stop = listen(element, changed);
    },
    destroy: () => stop(),
  };
};
