// Bundles the page into dist. DASHBOARD is the path of the dashboard's JSON.
import { build } from 'esbuild';
import { cp, readFile } from 'node:fs/promises';

// The table's schema lacks a name that scenes imports and this page does not use.
const schemas = {
  name: 'schemas',
  setup(build) {
    build.onLoad({ filter: /table\/panelcfg\/x\/types\.gen\.mjs$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')) + '\nexport const defaultOptions = {};\n',
    }));
  },
};

await build({
  entryPoints: ['dashboard.tsx'],
  outfile: 'dist/page.js',
  bundle: true,
  format: 'esm',
  target: 'esnext',
  jsx: 'automatic',
  alias: { dashboard: process.env.DASHBOARD, 'react-router-dom-v5-compat': 'react-router-dom' },
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  loader: { '.svg': 'dataurl', '.png': 'dataurl', '.ttf': 'dataurl', '.woff2': 'dataurl' },
  plugins: [schemas],
  logLevel: 'error',
});
await cp('index.html', 'dist/index.html');
await cp('node_modules/@grafana/ui/dist/public', 'dist/public/build', { recursive: true });
