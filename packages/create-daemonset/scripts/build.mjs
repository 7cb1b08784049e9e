// Bundles the command:
//   dist/create-daemonset.cjs   what every start reads: nothing of the linter, nothing of the prompts
//   dist/interactive.cjs        the prompts, read in a terminal
//   dist/lint.cjs               the linter, read once everything is written
//   dist/load-module.cjs        what loads plugins, read for --plugin
//   dist/library.mjs            what programs import
import { chmodSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(folder, 'dist')
const yaml = dirname(createRequire(join(folder, 'package.json')).resolve('yaml/package.json'))
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20.12',
  conditions: ['daemonlint-source', 'module'],
  mainFields: ['module', 'main'],
  // Its build for Node calls `require`, which an ES module does not have.
  alias: { yaml: join(yaml, 'browser', 'dist', 'index.js') },
  legalComments: 'none',
  logLevel: 'warning',
}

/** What is reached by `import()` stands in a file of its own. */
const onDemand = {
  name: 'on-demand',
  setup(build) {
    build.onResolve({ filter: /(interactive|lint|load-module)\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.split('/').at(-1).replace('.ts', '.cjs')}`, external: true }
        : undefined,
    )
  },
}

await bundle('cli/main.ts', 'create-daemonset.cjs', '#!/usr/bin/env node\n')
chmodSync(join(dist, 'create-daemonset.cjs'), 0o755)
await bundle('cli/interactive.ts', 'interactive.cjs')
await bundle('lint.ts', 'lint.cjs')
await bundle('cli/load-module.ts', 'load-module.cjs')
await build({
  ...shared,
  entryPoints: [join(folder, 'src', 'index.ts')],
  outfile: join(dist, 'library.mjs'),
  format: 'esm',
})

function bundle(entry, name, banner = '') {
  return build({
    ...shared,
    entryPoints: [join(folder, 'src', entry)],
    outfile: join(dist, name),
    format: 'cjs',
    define: {
      CREATE_DAEMONSET_VERSION: JSON.stringify(version),
      'import.meta.url': 'importMetaUrl',
      'import.meta.dirname': '__dirname',
    },
    // Texts inside look like ES modules; the last statement tells tools that look that it is CommonJS all the same.
    banner: {
      js: `${banner}const importMetaUrl=require("node:url").pathToFileURL(__filename).href;module.exports={};`,
    },
    plugins: [onDemand],
  })
}
