import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const corpus = join(root, '..', 'shared', 'corpus')

export interface TestManifest {
  name: string
  text: string
}

/** The example manifests of the repository. */
export const examples: TestManifest[] = read(join(root, 'examples'))

/** Manifests that others wrote, where a corpus of them lies beside the repository: without templates, and with. */
export const plain: TestManifest[] = read(join(corpus, 'plain'))
export const templated: TestManifest[] = read(join(corpus, 'templated'))

if (plain.length === 0)
  console.warn('No corpus of manifests lies beside the repository: its tests are skipped.')

function read(folder: string): TestManifest[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '') }))
}
