import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const corpus = join(root, '..', 'shared', 'corpus', 'plain')

export interface ManifestFile {
  name: string
  text: string
}

/**
 * The examples, and where there is a folder of other people's manifests beside the project, some of those.
 * @param every one in so many of the latter
 */
export function manifestFiles(every: number): ManifestFile[] {
  if (!existsSync(corpus)) console.warn(`Skipped: manifests of ${corpus}, which is not there`)
  return [join(root, 'examples'), ...(existsSync(corpus) ? [corpus] : [])].flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules'))
      .sort()
      .filter((_, index) => folder !== corpus || index % every === 0)
      .flatMap((name) => {
        const path = join(folder, name)
        const found = statSync(path)
        return found.isFile() && found.size < 100_000 ? [{ name, text: readFileSync(path, 'utf8') }] : []
      }),
  )
}
