import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { descriptions } from '../scripts/descriptions.mjs'
import { createKnowledge } from '../src/knowledge.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs', 'rules')

/** What a build packs, from where it takes it. */
export const knowledge = createKnowledge({
  descriptions,
  pages: () =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.md'))
        .map((name) => [name.slice(0, -'.md'.length), readFileSync(join(folder, name), 'utf8')]),
    ),
})
