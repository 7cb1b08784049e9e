import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** From the bottom up: what stands in one line may import what stands above it, and itself. Types count. */
const layers = [
  ['group-by', 'text'],
  ['parse'],
  ['problem'],
  ['schema', 'fix', 'suppressions'],
  ['report'],
  ['apiserver'],
  ['lint'],
  ['check-settings', 'define', 'editor', 'formatters', 'names', 'unified', 'rule-tester'],
  ['index'],
]

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
const files = (readdirSync(folder, { recursive: true }) as string[])
  .map((file) => file.replaceAll(sep, '/'))
  .filter((file) => file.endsWith('.ts'))

/** `lint` of `lint/rule.ts`, `unified` of `unified.ts`. */
const partOf = (file: string): string => file.split('/')[0]!.replace(/\.ts$/, '')
const layerOf = (part: string): number => layers.findIndex((parts) => parts.includes(part))

/** What a source imports or exports from its own package; `import()` and types among it. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(folder, file), 'utf8')
  const specifiers = source.matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']*)'/g)
  return [...specifiers].map(([, path]) => posix.join(posix.dirname(file), path!))
}

it('knows every part, and reads its imports', () => {
  expect([...new Set(files.map(partOf))].sort()).toEqual(layers.flat().sort())
  expect(importsOf('lint/lint.ts')).toContain('parse/tree.ts')
  expect(importsOf('lint/prepare-config.ts')).toContain('lint/check-options.ts')
})

it('imports only downwards', () => {
  const upwards = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => partOf(path) !== partOf(file) && layerOf(partOf(path)) >= layerOf(partOf(file)))
      .map((path) => `${file} imports ${path}`),
  )
  expect(upwards).toEqual([])
})
