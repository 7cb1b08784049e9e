import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { descriptions } from '../scripts/descriptions.mjs'
import { createKnowledge } from '../src/knowledge.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs', 'rules')

/** What a build packs, from where it takes it. */
export const knowledge = createKnowledge({
  descriptions,
  pageFile(ruleId) {
    const file = join(folder, `${ruleId}.md`)
    return existsSync(file) ? file : undefined
  },
})
