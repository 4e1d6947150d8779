import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build, type InlineConfig, type PluginOption, preview, type PreviewServer } from 'vite';

/** The plugins that a site with this framework has in its vite.config. */
const plugins = {
  react: () => [],
  vue: () => [
    vue({
      template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('booking-') } },
    }),
  ],
  svelte: () => [svelte({ configFile: false })],
} satisfies Record<string, () => PluginOption[]>;

export type Framework = keyof typeof plugins;

export const frameworks = ['react', 'vue', 'svelte'] as const satisfies readonly Framework[];

export interface ExampleOptions {
  framework: Framework;
  /** A site's folder in which the package and the framework are installed. */
  project: string;
  /** The path that it will be served under. */
  base: string;
  server: string;
}

/** Builds one of the examples as its owner would, and serves what came of it. */
export async function serveExample(options: ExampleOptions): Promise<PreviewServer> {
  const { framework, project, base, server } = options;
  const root = join(project, framework);
  cpSync(join(dirname(fileURLToPath(import.meta.url)), framework), root, { recursive: true });
  const site: InlineConfig = { root, base, configFile: false, logLevel: 'error' };
  await build({
    ...site,
    plugins: plugins[framework](),
    define: { BOOKING_SERVER: JSON.stringify(server) },
  });
  return preview({ ...site, preview: { host: '127.0.0.1', port: 0 } });
}
