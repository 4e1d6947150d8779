import { systemClock, systemRandom } from './clock.ts';
import { runWebhookCommand } from './payment/stripe.webhook-command.ts';

const report = await runWebhookCommand({
  env: process.env,
  flags: process.argv.slice(2),
  fetch,
  clock: systemClock,
  random: systemRandom,
});
if ('problems' in report) {
  process.stderr.write(report.problems.map((problem) => `${problem}\n`).join(''));
  process.exitCode = 1;
} else {
  process.stdout.write(`${report.lines.join('\n')}\n`);
}
