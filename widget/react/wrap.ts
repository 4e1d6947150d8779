import {
  createElement,
  forwardRef,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';

/** `{ onBookingConfirmed: 'booking-confirmed' }` as the props of a component. */
export type EventProps<Names extends Record<string, keyof Map>, Map> = {
  [Name in keyof Names]?: (event: Map[Names[Name]]) => void;
};

export interface Wrapping {
  tagName: string;
  /** Prop to attribute: rendered on the server too. */
  attributes: Readonly<Record<string, string>>;
  /** Set on the element, because no attribute can hold them. */
  properties: readonly string[];
  /** Prop to event. */
  events: Readonly<Record<string, string>>;
}

export type Wrapped<E, Props> = ForwardRefExoticComponent<
  Props & Omit<HTMLAttributes<E>, keyof Props> & RefAttributes<E>
>;

// On a server there is no layout, and React 18 complains of who asks for one.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** React 18 knows only attributes of a custom element and none of its events; from 19 on it also sets properties. */
export function wrap<E extends HTMLElement, Props extends object>({
  tagName,
  attributes,
  properties,
  events,
}: Wrapping): Wrapped<E, Props> {
  const component = forwardRef<E, Record<string, unknown>>((props, ref) => {
    const element = useRef<E>(null);
    const latest = useRef(props);
    const given = useRef<Record<string, unknown>>({});
    useImperativeHandle<E | null, E | null>(ref, () => element.current, []);

    useBeforePaint(() => {
      latest.current = props;
      for (const name of properties) {
        const value = props[name];
        if (value === undefined || Object.is(value, given.current[name])) continue;
        given.current[name] = value;
        Object.assign(element.current ?? {}, { [name]: value });
      }
    });

    useBeforePaint(() => {
      const { current } = element;
      const listeners = Object.entries(events).map(([prop, type]) => {
        const listener = (event: Event): void => {
          const handle = latest.current[prop];
          if (typeof handle === 'function') handle(event);
        };
        current?.addEventListener(type, listener);
        return () => current?.removeEventListener(type, listener);
      });
      return () => listeners.forEach((stop) => stop());
    }, []);

    return createElement(tagName, { ...rendered(props), ref: element });
  });
  component.displayName = tagName;
  return component as Wrapped<E, Props>;

  function rendered(props: Record<string, unknown>): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(props)) {
      const attribute = attributes[name];
      if (name in events || properties.includes(name)) continue;
      if (attribute !== undefined) result[attribute] = attributeValue(value);
      else result[name === 'className' ? 'class' : name] = value;
    }
    return result;
  }
}

/** Empty is as good as not given, and, unlike `undefined`, it can be set on the element when a value goes away. */
const attributeValue = (value: unknown): unknown =>
  typeof value === 'boolean' ? value || undefined : (value ?? '');
