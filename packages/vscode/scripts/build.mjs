// Bundles the extension:
//   dist/extension.cjs    what the editor reads when it opens a YAML file
//   dist/*.cjs            one file for each `import()` in the sources, read when it is reached
//   dist/server           the command daemonlint, whole, which serves as `daemonlint lsp`; built before by packages/cli
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(folder, 'dist')
const command = join(folder, '..', 'cli', 'dist')
const yaml = dirname(
  createRequire(join(folder, '..', 'create-daemonset', 'package.json')).resolve('yaml/package.json'),
)

if (!existsSync(join(command, 'daemonlint.cjs'))) {
  console.error(`There is no ${command}: build the command first (npm test -- build).`)
  process.exit(2)
}
const published = JSON.parse(readFileSync(join(command, '..', 'package.json'), 'utf8'))
  .files.map((path) => path.replace(/^dist\//, ''))
  .filter((name) => !name.startsWith('index.'))
/** What `import()` reaches: by the name of its bundle, the file. It grows while it is read, for one may reach for others. */
const onDemand = new Map([['extension.cjs', join(folder, 'src', 'extension.ts')]])
for (const [name, file] of onDemand) await bundle(file, name)
for (const name of readdirSync(dist)) {
  if (name.endsWith('.cjs') && !onDemand.has(name)) rmSync(join(dist, name))
}
rmSync(join(dist, 'server'), { recursive: true, force: true })
cpSync(command, join(dist, 'server'), { recursive: true, filter: isOfCommand })

async function bundle(entry, name) {
  const reached = new Map()
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: join(dist, name),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    // VS Code 1.91 runs Node 20.
    target: 'node20',
    conditions: ['daemonlint-source', 'module'],
    mainFields: ['module', 'main'],
    alias: { yaml: join(yaml, 'browser', 'dist', 'index.js') },
    external: ['vscode'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [
      {
        name: 'on-demand',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
            if (kind !== 'dynamic-import') return undefined
            const file = join(resolveDir, path)
            reached.set(`./${nameOf(file)}`, file)
            return { path: `./${nameOf(file)}`, external: true }
          })
        },
      },
    ],
  })
  // Not what only code reaches that was left out.
  for (const { path } of Object.values(metafile.outputs).flatMap(({ imports }) => imports)) {
    if (reached.has(path)) onDemand.set(path.slice(2), reached.get(path))
  }
}

/** `scaffold/index.ts` becomes `scaffold.cjs`. */
function nameOf(file) {
  const base = basename(file, '.ts')
  return `${base === 'index' ? basename(dirname(file)) : base}.cjs`
}

/** What is published of the command, without what programs import: the compiler writes beside it too. */
function isOfCommand(path) {
  const [first] = relative(command, path).split(/[\\/]/)
  return (
    !first ||
    published.some((name) => (name.startsWith('*') ? first.endsWith(name.slice(1)) : name === first))
  )
}
