import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureWidget } from '../start/build-widget.ts';
import { root } from '../start/root.ts';
import { story } from './patience.ts';

/** The addresses it prints once everything runs. */
async function startFromShell() {
  const child = spawn(process.execPath, ['demo/start.ts', '--port', '0'], { cwd: root });
  let said = '';
  let complained = '';
  child.stderr.on('data', (text) => (complained += String(text)));
  for await (const text of child.stdout) {
    said += String(text);
    if (said.includes('Ctrl-C')) break;
  }
  const urls = said.match(/http:\/\/localhost:\d+[\w/]*/g) ?? [];
  if (urls.length === 0) throw new Error(`It did not start: ${said}${complained}`);
  return { child, said, urls };
}

const isServed = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

describe('the start command', story, () => {
  it('starts everything, says where, and stops without leaving anything behind', async () => {
    await ensureWidget();
    const { child, said, urls } = await startFromShell();
    onTestFinished(() => void child.kill('SIGKILL'));
    const backend = urls.at(-1) ?? '';
    expect(said).toContain(`Open ${urls[0]}`);
    expect(urls).toHaveLength(4);
    expect(await Promise.all([...urls.slice(0, 3), `${backend}/readyz`].map(isServed))).toEqual([
      true,
      true,
      true,
      true,
    ]);

    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(await Promise.all(urls.map(isServed))).toEqual([false, false, false, false]);
  });
});
