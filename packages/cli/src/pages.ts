import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Where `scripts/build.mjs` puts the pages of the rules. */
const folder = join(import.meta.dirname, 'pages')

/** The ids that have a page, in order: `image-tag`, `api-server/unknown-field`. */
export function pageIds(): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => String(name).split(sep).join('/'))
    .flatMap((name) => (name.endsWith('.md') ? [name.slice(0, -'.md'.length)] : []))
    .sort()
}

/** The page of a rule in Markdown, or undefined where it has none. */
export function readPage(id: string): string | undefined {
  // Ids are words and slashes; what a plugin calls its rules may be anything.
  const file = join(folder, `${id}.md`)
  return /^[\w/-]+$/.test(id) && existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
