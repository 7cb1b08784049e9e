// Bundles the extension:
//   dist/extension.cjs    what the editor reads when it opens a YAML file
//   dist/*.cjs            one file for each `import()` in the sources, read when it is reached
//   dist/server           the command daemonlint, whole, which serves as `daemonlint lsp`; built before by packages/cli
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleName, forRelease } from '../../../scripts/lib/bundle.mjs'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(folder, 'dist')
const command = join(folder, '..', 'cli', 'dist')

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
    ...forRelease(join(folder, '..', 'create-daemonset')),
    entryPoints: [entry],
    outfile: join(dist, name),
    format: 'cjs',
    // VS Code 1.91 runs Node 20.
    target: 'node20',
    external: ['vscode'],
    metafile: true,
    plugins: [
      {
        name: 'on-demand',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\// }, ({ kind, path: source, resolveDir }) => {
            if (kind !== 'dynamic-import') return undefined
            const file = join(resolveDir, source)
            const path = `./${bundleName(file)}`
            reached.set(path, file)
            return { path, external: true }
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

/** What is published of the command, without what programs import: the compiler writes beside it too. */
function isOfCommand(path) {
  const [first] = relative(command, path).split(/[\\/]/)
  return (
    !first ||
    published.some((name) => (name.startsWith('*') ? first.endsWith(name.slice(1)) : name === first))
  )
}
