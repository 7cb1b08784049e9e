// Bundles the command:
//   dist/daemonlint.cjs     what every start reads
//   dist/*.cjs              one file for each `import()` in the sources, read when it is reached
//   dist/lib/*.js           daemonlint and @daemonlint/*, for configurations that import them where nothing is installed
//   dist/pages/*.md         the rules' pages, for `daemonlint explain`, reports, and what editors show of a finding
//   dist/descriptions.json  Kubernetes' descriptions of fields, for what editors show of them
// Everything is read from the sources, so that nothing needs to be compiled first. With --meta, dist/meta.json too.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleName, commonJs, forRelease } from '../../../scripts/lib/bundle.mjs'
import { writeDescriptions } from '../../language-server/scripts/descriptions.mjs'
import { writePages } from '../../language-server/scripts/pages.mjs'
import { eager } from './eager.mjs'
import { lean } from './lean.mjs'

const cli = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const root = resolve(cli, '..', '..')
const dist = join(cli, 'dist')
const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'))

/** Stands for the sources that decide what is found: results that others made are not taken from a cache. */
const sources = digestOfFolders(['packages/core/src', 'packages/node/src', 'packages/cli', 'rules/src'])

/** Reached by `import()` in the sources, but by nearly every run of the command: a file of its own would cost more. */
const usedByMost = /[\\/]formatters[\\/](stylish|json)\.ts$/

mkdirSync(dist, { recursive: true })
const commands = await bundleCommand()
const libraries = await bundleLibraries()
writePages(join(dist, 'pages'))
writeDescriptions(join(dist, 'descriptions.json'))
// What an earlier build left is removed last, so that the command works all the while.
removeOthers(dist, commands, '.cjs')
removeOthers(join(dist, 'lib'), libraries, '.js')

async function bundleCommand() {
  /** What `import()` reaches: by file, the name of its own bundle. */
  const onDemand = new Map()
  const start = join(cli, 'src', 'main.ts')
  const { metafile } = await bundleOne(start, 'daemonlint.cjs', '#!/usr/bin/env node\n', onDemand)
  chmodSync(join(dist, 'daemonlint.cjs'), 0o755)
  // Such a file may reach for others: the map grows while it is read.
  for (const [file, name] of onDemand) await bundleOne(file, name, '', onDemand)
  if (process.argv.includes('--meta')) writeFileSync(join(dist, 'meta.json'), JSON.stringify(metafile))
  return ['daemonlint.cjs', ...onDemand.values()]
}

function bundleOne(file, name, first, onDemand) {
  return build({
    ...forRelease(cli),
    ...commonJs(first, {
      DAEMONLINT_VERSION: JSON.stringify(version),
      DAEMONLINT_BUILD: JSON.stringify(sources),
    }),
    entryPoints: [file],
    outfile: join(dist, name),
    metafile: true,
    plugins: [lean, eager, onDemandPlugin(file, onDemand)],
  })
}

/** Turns `import('…')` of our own sources, or of a package, into a file that is read when it is reached. */
function onDemandPlugin(entry, onDemand) {
  return {
    name: 'on-demand',
    setup(build) {
      build.onResolve({ filter: /./ }, async (args) => {
        if (
          args.kind !== 'dynamic-import' ||
          args.pluginData === 'resolving' ||
          args.path.startsWith('node:')
        )
          return
        const found = await build.resolve(args.path, {
          kind: 'dynamic-import',
          resolveDir: args.resolveDir,
          importer: args.importer,
          pluginData: 'resolving',
        })
        if (found.errors.length > 0 || found.external || found.path === entry) return found
        if (usedByMost.test(found.path)) return found
        if (!onDemand.has(found.path)) onDemand.set(found.path, nameFor(found.path, [...onDemand.values()]))
        return { path: onDemand.get(found.path), namespace: 'on-demand' }
      })
      // Through `require`, so that esbuild's own interoperation holds.
      build.onLoad({ filter: /./, namespace: 'on-demand' }, (args) => ({
        contents: `module.exports = require('./${args.path}')`,
        resolveDir: dist,
      }))
      build.onResolve({ filter: /^\.\// }, (args) =>
        args.namespace === 'on-demand' ? { path: args.path, external: true } : undefined,
      )
    },
  }
}

/** After the package, or after the file. */
function nameFor(file, taken) {
  const packageName = file.split(/[\\/]node_modules[\\/]/).at(-1)
  const first = packageName === file ? bundleName(file) : `${packageName.split(/[\\/]/)[0]}.cjs`
  let name = first
  for (let count = 2; taken.includes(name) || name === 'daemonlint.cjs'; count++)
    name = first.replace('.cjs', `-${count}.cjs`)
  return name
}

async function bundleLibraries() {
  const entries = {
    daemonlint: join(cli, 'src', 'index.ts'),
    core: join(root, 'packages', 'core', 'src', 'index.ts'),
    define: join(root, 'packages', 'core', 'src', 'define.ts'),
    'rule-tester': join(root, 'packages', 'core', 'src', 'rule-tester.ts'),
    text: join(root, 'packages', 'core', 'src', 'text.ts'),
    rules: join(root, 'rules', 'src', 'index.ts'),
    node: join(root, 'packages', 'node', 'src', 'index.ts'),
  }
  const { metafile } = await build({
    ...forRelease(cli),
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    outdir: join(dist, 'lib'),
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    metafile: true,
    // CommonJS packages inside call `require` for Node's own modules.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  })
  return Object.keys(metafile.outputs).map((file) => basename(file))
}

function digestOfFolders(names) {
  const hash = createHash('sha256')
  for (const name of [...names.flatMap(filesIn), 'pnpm-lock.yaml'].sort()) {
    const content = readFileSync(join(root, name))
    hash.update(`${name} ${content.length}\n`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}

/** Relative to the root; without what is installed or built. */
function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist', 'tests'].includes(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    )
}

function removeOthers(folder, names, extension) {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(extension) && !names.includes(name)) rmSync(join(folder, name))
  }
}
