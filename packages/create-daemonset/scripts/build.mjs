// Bundles the command:
//   dist/create-daemonset.cjs   what every start reads: nothing of the linter, nothing of the prompts
//   dist/interactive.cjs        the prompts, read in a terminal
//   dist/lint.cjs               the linter, read once everything is written
//   dist/load-module.cjs        what loads plugins, read for --plugin
//   dist/library.mjs            what programs import
import { chmodSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { commonJs, forRelease } from '../../../scripts/lib/bundle.mjs'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(folder, 'dist')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

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
  ...forRelease(folder),
  entryPoints: [join(folder, 'src', 'index.ts')],
  outfile: join(dist, 'library.mjs'),
  format: 'esm',
})

function bundle(entry, name, first) {
  return build({
    ...forRelease(folder),
    ...commonJs(first, { CREATE_DAEMONSET_VERSION: JSON.stringify(version) }),
    entryPoints: [join(folder, 'src', entry)],
    outfile: join(dist, name),
    plugins: [onDemand],
  })
}
