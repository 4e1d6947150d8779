// What `npm start` runs: the whole product with no account and no network, until Ctrl-C.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureWidget } from './start/build-widget.ts';
import { anyPorts, type DemoPorts, startDemo } from './start/demo.ts';
import { root } from './start/root.ts';

const usage = `npm start -- [--port <number>] [--log]

  --port  the page's port; the backend, the sandbox, the mail server and Stripe take the next four.
          4000 when not given; 0 lets the system choose them all
  --log   show what the backend logs`;

const { values } = parseArgs({
  options: { port: { type: 'string' }, log: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const portsFrom = (first: number): DemoPorts =>
  first === 0
    ? anyPorts
    : {
        page: first,
        backend: first + 1,
        sandbox: first + 2,
        smtp: first + 3,
        stripe: first + 4,
      };

const first = Number(values.port ?? process.env['DEMO_PORT'] ?? 4000);
if (!Number.isInteger(first) || first < 0 || first > 65_531) {
  console.error(`--port must be a whole number from 0 to 65531.\n\n${usage}`);
  process.exit(2);
}

process.chdir(root);
mkdirSync('data', { recursive: true });

const stopping = Promise.withResolvers<number>();
let isRunning = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => (isRunning ? stopping.resolve(0) : process.exit(0)));
}

try {
  if (await ensureWidget()) console.log('The widget is built.');
  const demo = await startDemo({
    ports: portsFrom(first),
    databaseFile: (port) => (port === 4001 ? 'data/demo.db' : `data/demo-${port}.db`),
    ...(values.log && { hearBackend: (line: string) => console.log(line) }),
    onBackendGone(lastLines) {
      console.error(`\nThe backend has ended. Its last words:\n\n${lastLines.join('\n')}`);
      stopping.resolve(1);
    },
  });
  isRunning = true;
  console.log(`
  Open ${demo.pageUrl}

  The page of a stranger, with the booking calendar in it. Behind it:
  sandbox   ${demo.sandbox.panelUrl}
  mailbox   ${demo.sandbox.mailboxUrl}
  backend   ${demo.backendUrl}

  Ctrl-C stops everything.
`);
  const code = await stopping.promise;
  await demo.stop();
  process.exit(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
