'use client';
/** `@inlay/embed/react`: a widget as a component, for React 18 and 19, on the server too. */
import { createElement, type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { onDemand } from '../../schemas/protocol/widget-mode.ts';
import { listen } from './listen.ts';
import type { Attributes, InlayTagName, WidgetOptions } from './tag-types.ts';

interface Common {
  readonly id?: string;
  readonly className?: string;
  /** The trigger of a popup. */
  readonly children?: ReactNode;
}

/** Props of one tag's component. */
export type WidgetProps<T extends InlayTagName> = Attributes<T> & WidgetOptions<T> & Common;

/** Before the browser paints: a widget whose session is known is ready at once. A server has no layout, and says so. */
const useListeners = typeof document === 'undefined' ? useEffect : useLayoutEffect;

export const InlayWidget = <T extends InlayTagName>(props: WidgetProps<T> & { readonly tag: T }): ReactElement => {
  const {
    tag,
    height,
    on,
    onReady,
    onError,
    children,
    className,
    ...attributes
  }: WidgetOptions<T> & Common & { readonly tag: string } & Readonly<Record<string, unknown>> = props;
  const element = useRef<HTMLElement>(null);
  useListeners(() => listen(element.current!, { on, onReady, onError }));
  const rest = attributes as Record<string, unknown>;
  // React 18 would write the word `false`, and an attribute that is there means yes.
  for (const name in rest) if (rest[name] === false) rest[name] = undefined;
  return createElement(
    tag,
    { ...rest, class: className, ref: element, suppressHydrationWarning: true },
    !onDemand(rest['mode']) &&
      height &&
      createElement('svg', { width: 1, height, display: 'block', 'aria-hidden': true }),
    children,
  );
};

/** The component of one tag; `height` is kept free unless a prop says otherwise. */
export const widgetOf =
  <T extends InlayTagName>(tag: T, height?: number): ((props: WidgetProps<T>) => ReactElement) =>
  props =>
    createElement(InlayWidget<T>, { height, ...props, tag } as WidgetProps<T> & { tag: T });
