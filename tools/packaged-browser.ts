import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const CACHE = resolve('node_modules/.cache/booking-calendar');
const LAUNCHER = 'chromium-launcher';

let packaged: Promise<string> | undefined;

/**
 * The Chromium of the `@sparticuz/chromium` package, unpacked once. It brings the system libraries and fonts that a
 * bare container lacks; they are used only where the machine has none of its own.
 */
export function packagedBrowser(): Promise<string> {
  packaged ??= unpack();
  return packaged;
}

async function unpack(): Promise<string> {
  const folder = join(CACHE, 'chromium');
  const launcher = join(folder, LAUNCHER);
  if (existsSync(launcher)) return launcher;

  mkdirSync(CACHE, { recursive: true });
  const unpacked = mkdtempSync(join(CACHE, 'unpacking-'));
  await unpackInto(unpacked);
  writeFileSync(join(unpacked, 'fonts', 'fonts.conf'), fontsConfiguration(join(folder, 'fonts')));
  writeFileSync(join(unpacked, LAUNCHER), launcherScript(unpacked), { mode: 0o755 });
  // Two test runners may get here at once: whoever is second finds the folder complete.
  try {
    renameSync(unpacked, folder);
  } catch (error) {
    if (!existsSync(launcher)) throw error;
    rmSync(unpacked, { recursive: true, force: true });
  }
  return launcher;
}

/** The package unpacks into the temporary folder, which belongs to everyone: it is pointed to one of our own. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    // Its own way to find these (on Amazon's machines only) is not ours.
    const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    await inflate(join(dirname(dirname(main)), 'bin', 'al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function launcherScript(folder: string): string {
  const libraries = join(folder, 'al2023', 'lib');
  const needsLibraries = !starts(folder) && starts(folder, { LD_LIBRARY_PATH: libraries });
  return [
    '#!/bin/sh',
    'here=$(dirname "$0")',
    '[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here/fonts"',
    ...(needsLibraries ? ['export LD_LIBRARY_PATH="$here/al2023/lib"'] : []),
    'exec "$here/chromium" "$@"',
    '',
  ].join('\n');
}

function starts(folder: string, env: NodeJS.ProcessEnv = {}): boolean {
  const options = { env: { ...process.env, ...env } };
  return spawnSync(join(folder, 'chromium'), ['--version'], options).status === 0;
}

/** The package's own names folders that exist on Amazon's machines. */
function fontsConfiguration(fonts: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>`,
    '',
  ].join('\n');
}
