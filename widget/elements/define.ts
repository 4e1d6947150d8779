/** A page may load the script twice: the first copy stays, the second does nothing. */
export const define = (name: string, element: CustomElementConstructor): void => {
  if (customElements.get(name) === undefined) customElements.define(name, element);
};
