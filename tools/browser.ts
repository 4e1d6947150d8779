import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { packagedBrowser } from './packaged-browser.ts';

/** How to start the Chromium of this machine: the same for the widget's tests, the journeys and the bench. */
export interface BrowserToLaunch {
  executablePath: string;
  args: string[];
  /** The packaged Chromium is a headless shell; an installed one has only its own, newer headless mode. */
  headless: true | 'shell';
}

const COMMANDS = [
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const USUAL_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium', '/usr/lib/chromium/chromium'],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    if (folder === undefined) return [];
    return [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ];
  }),
};

/** Keeps Chromium from calling home: tests must not need a network. */
const QUIET_ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Finds a browser: CHROME_PATH, then the one in the packages, the same for everybody and lighter than an installed one,
 * then an installed Chrome, Chromium or Edge.
 */
export async function findBrowser(): Promise<BrowserToLaunch> {
  const args = [...QUIET_ARGS, ...sandboxArgs()];
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROME_PATH is ${chosen}, which cannot be run.`);
    return { executablePath: chosen, args, headless: true };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    // Only its binary: the arguments that the package recommends switch web security off.
    return { executablePath: await packagedBrowser(), args, headless: 'shell' };
  }
  const installed = findInstalledBrowser();
  if (installed !== undefined) return { executablePath: installed, args, headless: true };
  throw new Error(
    'No browser found. Install Chrome, Chromium or Edge, or name one in CHROME_PATH.',
  );
}

function findInstalledBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...(USUAL_PLACES[process.platform] ?? [])].find(isExecutable);
}

/** Chromium refuses to start its sandbox as root, which is what most containers run as. */
function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
