/** `@inlay/embed/vue`: a widget as a component of Vue 3, on the server too. */
import { defineComponent, h, type SetupContext, type VNode } from 'vue';
import { onDemand } from '../../schemas/protocol/widget-mode.ts';
import type { Attributes, Events, InlayTagName, WidgetOptions } from './tag-types.ts';

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;

/** `@inlay:booking-held` in a template, `'onInlay:booking-held'` with `h`. */
export type TemplateListeners<T extends InlayTagName> = {
  readonly [E in keyof Events<T> & string as `on${Capitalize<E | Camel<E>>}`]?: (event: Events<T>[E]) => void;
};

/** Props of one tag's component. */
export type WidgetProps<T extends InlayTagName> = Attributes<T> & WidgetOptions<T> & TemplateListeners<T>;

/** A component as templates and `h` see it; a generic one can be told as a function alone. */
export type WidgetComponent<P> = (props: P) => VNode;

interface Given extends WidgetOptions<InlayTagName> {
  readonly tag: string;
}

const render = ({ tag, height, on, onReady, onError }: Given, { attrs, slots }: SetupContext) => {
  const listeners: Record<string, unknown> = {
    'on:inlay:ready': onReady && (() => onReady()),
    'on:inlay:error': onError && (({ detail }: CustomEvent) => onError(detail)),
  };
  const named = on as Readonly<Record<string, unknown>> | undefined;
  for (const name in named) listeners[`on:${name}`] = named[name];
  const room =
    !onDemand(attrs['mode']) && height && h('svg', { width: 1, height, display: 'block', 'aria-hidden': true });
  return h(tag, { ...attrs, ...listeners }, [room, slots['default']?.()]);
};

/** `@ready` and `@error` are listened to as well, and so is any event by its own name. */
export const InlayWidget = defineComponent((props: Given, context: SetupContext) => () => render(props, context), {
  name: 'InlayWidget',
  inheritAttrs: false,
  props: ['tag', 'height', 'on', 'onReady', 'onError'],
}) as unknown as <T extends InlayTagName>(props: WidgetProps<T> & { readonly tag: T }) => VNode;

/** The component of one tag; `height` is kept free unless a prop says otherwise. */
export const widgetOf = <T extends InlayTagName>(tag: T, height?: number): WidgetComponent<WidgetProps<T>> =>
  defineComponent({
    inheritAttrs: false,
    render() {
      return h(InlayWidget as WidgetComponent<object>, { height, ...this.$attrs, tag }, this.$slots);
    },
  }) as unknown as WidgetComponent<WidgetProps<T>>;
