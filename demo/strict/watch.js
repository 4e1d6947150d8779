// Before anything else of the page: what is on the window now, and what goes wrong from now on.
const watched = { before: new Set(Reflect.ownKeys(window)), errors: [] };
for (const type of ['error', 'unhandledrejection', 'securitypolicyviolation']) {
  addEventListener(type, (event) => {
    watched.errors.push(
      `${type}: ${event.message ?? event.reason ?? `${event.violatedDirective} ${event.blockedURI}`}`,
    );
  });
}
/** What somebody has added to the window since. */
watched.added = () => Reflect.ownKeys(window).filter((key) => !watched.before.has(key));
