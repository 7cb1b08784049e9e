/** What stands in files beside the running code: Kubernetes' descriptions, and the rules' pages. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Texts that are shown, and missing them harms nothing but that. */
export interface Knowledge {
  /** Kubernetes' description of a field, or of a struct as a whole. */
  describe(struct: string, field?: string): string | undefined
  /** A rule's page, as Markdown. */
  page(ruleId: string): string | undefined
}

export interface KnowledgeTexts {
  /** By struct and field; a struct's own at `''`. */
  descriptions(): Readonly<Record<string, Readonly<Record<string, string>>>>
  /** By rule. */
  pages(): Readonly<Record<string, string>>
}

/** Each text is asked for once, when it is first needed. */
export function createKnowledge(texts: KnowledgeTexts): Knowledge {
  let descriptions: ReturnType<KnowledgeTexts['descriptions']> | undefined
  let pages: ReturnType<KnowledgeTexts['pages']> | undefined
  return {
    describe(struct, field = '') {
      descriptions ??= texts.descriptions()
      return Object.hasOwn(descriptions, struct) ? descriptions[struct]![field] : undefined
    },
    page(ruleId) {
      pages ??= texts.pages()
      return Object.hasOwn(pages, ruleId) ? pages[ruleId] : undefined
    },
  }
}

/**
 * Reads the files that the build puts beside the running code: `descriptions.json`
 * (packages/language-server/scripts/descriptions.mjs) and `pages.json` (packages/cli/scripts/build.mjs).
 */
export const packedKnowledge: Knowledge = createKnowledge({
  descriptions: () => readBeside('descriptions.json'),
  pages: () => readBeside('pages.json'),
})

/** From sources that nobody built there is nothing to read. */
function readBeside<Texts extends object>(name: string): Texts {
  const file = fileURLToPath(new URL(name, import.meta.url))
  return (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Texts
}
