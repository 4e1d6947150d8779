// Loaded into the demo's backend before its own code, so that the panel's "+ 1 day" passes for both sides. The backend
// knows the time from `Date` alone, and looks at least once a second at what has become due.

const realNow = Date.now.bind(Date);
let aheadMs = Number(new URL(import.meta.url).searchParams.get('ahead'));
const now = (): number => realNow() + aheadMs;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, itself) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, itself) as Date,
  apply: (target) => new target(now()).toString(),
  get: (target, name, itself) => (name === 'now' ? now : Reflect.get(target, name, itself)),
});

process.on('message', (message: { advanceMs: number }) => {
  aheadMs += message.advanceMs;
});
// Nothing to stay alive for.
process.channel?.unref();
