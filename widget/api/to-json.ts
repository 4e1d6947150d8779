/** As JSON.stringify, whatever an old library has taught the page's own arrays and objects to say instead. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function itself(this: Readonly<Record<string, unknown>>, key) {
    return this[key];
  });
