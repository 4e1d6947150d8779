import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ensurePackage } from './ensure-package.ts';

export interface InstalledPackage {
  /** A site's empty project with the package in its node_modules. */
  project: string;
  /** The package as it was built. */
  folder: string;
  tarball: string;
  /** Runs a module in the project, with Node alone; tells what it wrote. */
  run(code: string): string;
  write(file: string, content: string): void;
  remove(): void;
}

/** Packs and installs the package, built before when it has to be; `others` are packages that the site has beside it. */
export async function installPackage(others: string[]): Promise<InstalledPackage> {
  const root = mkdtempSync(join(tmpdir(), 'booking-calendar-package-'));
  const folder = resolve(await ensurePackage());
  const npm = (cwd: string, ...args: string[]): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  const [packed]: [{ filename: string }] = JSON.parse(
    npm(root, 'pack', folder, '--json', '--ignore-scripts'),
  );
  const tarball = join(root, packed.filename);

  const project = join(root, 'site');
  mkdirSync(project);
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), content);
  };
  write('package.json', JSON.stringify({ name: 'site', private: true, type: 'module' }));
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', '--omit=peer', tarball);
  for (const name of others) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link, 'junction');
  }

  return {
    project,
    folder,
    tarball,
    write,
    run(code) {
      write('run.js', code);
      return execFileSync(process.execPath, ['run.js'], { cwd: project, encoding: 'utf8' }).trim();
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
