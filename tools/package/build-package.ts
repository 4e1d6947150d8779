import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { describeElements, elementsOf } from './custom-elements.ts';
import { declareTypes } from './declarations.ts';
import { cssCustomData, htmlCustomData, webTypes } from './editor-data.ts';
import { frameworkTypes } from './framework-types.ts';
import { packageManifest, type ProjectManifest } from './package-manifest.ts';

/** The elements alone, as a package of their own. */
export async function buildPackage(folder: string): Promise<void> {
  const project: ProjectManifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const description = describeElements();
  const elements = elementsOf(description);

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const licenses = await bundle(folder);

  const frameworks = frameworkTypes(elements);
  const files: Record<string, string> = {
    ...declareTypes(elements),
    ...frameworks,
    ...Object.fromEntries(
      Object.keys(frameworks).map((name) => [name.replace('.d.ts', '.js'), 'export {};\n']),
    ),
    'server.js': serverStandIn(elements.map(({ name }) => name)),
    'custom-elements.json': json(description),
    'vscode.html-custom-data.json': json(htmlCustomData(elements)),
    'vscode.css-custom-data.json': json(cssCustomData(elements)),
    'web-types.json': json(webTypes(elements, project)),
    'licenses.txt': licenses,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  copyFileSync('LICENSE', join(folder, 'LICENSE'));
  copyFileSync('tools/package/README.md', join(folder, 'README.md'));
  // Last: with it the package is complete.
  writeFileSync(join(folder, 'package.json'), json(packageManifest(project)));
}

/** Where there is no document the tags are only rendered, and become elements in the visitor's browser. */
const serverStandIn = (names: string[]): string =>
  names
    .map((name) => `export class ${name} extends (globalThis.HTMLElement ?? Object) {}\n`)
    .join('');

const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
