// Exit code 0 when a browser for the tests is there and starts.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './browser.ts';

const { executablePath, args } = await findBrowser();
const { status, stdout, stderr, error } = spawnSync(executablePath, ['--version', ...args], {
  encoding: 'utf8',
});
console.log(`${executablePath}: ${stdout || stderr || String(error)}`.trim());
process.exit(status ?? 1);
