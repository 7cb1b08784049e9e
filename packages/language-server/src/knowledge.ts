/** What stands in files beside the running code: Kubernetes' descriptions, and the rules' pages. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Texts that are shown, and missing them harms nothing but that. */
export interface Knowledge {
  /** Kubernetes' description of a field, or of a struct as a whole. */
  describe(struct: string, field?: string): string | undefined
  /** A rule's page, as Markdown. */
  page(ruleId: string): string | undefined
  /** Where an editor can open that page. */
  pageUrl(ruleId: string): string | undefined
}

export interface KnowledgeTexts {
  /** By struct and field; a struct's own at `''`. */
  descriptions(): Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The file of a rule's page, absolute; undefined where there is none. */
  pageFile(ruleId: string): string | undefined
}

/** Descriptions are read once, when they are first needed; a page when it is. */
export function createKnowledge(texts: KnowledgeTexts): Knowledge {
  let descriptions: ReturnType<KnowledgeTexts['descriptions']> | undefined
  const files = new Map<string, string | undefined>()
  function fileOf(ruleId: string): string | undefined {
    if (!files.has(ruleId)) files.set(ruleId, texts.pageFile(ruleId))
    return files.get(ruleId)
  }
  return {
    describe(struct, field = '') {
      descriptions ??= texts.descriptions()
      return Object.hasOwn(descriptions, struct) ? descriptions[struct]![field] : undefined
    },
    page(ruleId) {
      const file = fileOf(ruleId)
      return file === undefined ? undefined : readFileSync(file, 'utf8')
    },
    pageUrl(ruleId) {
      const file = fileOf(ruleId)
      return file === undefined ? undefined : pathToFileURL(file).href
    },
  }
}

/**
 * Reads the files that builds put beside the running code: `descriptions.json` and `pages/`, by the scripts of the same
 * names.
 */
export const packedKnowledge: Knowledge = createKnowledge({
  descriptions: () => readBeside('descriptions.json'),
  pageFile(ruleId) {
    // What a plugin calls its rules may be anything.
    const file = fileURLToPath(new URL(`pages/${ruleId}.md`, import.meta.url))
    return /^[\w/-]+$/.test(ruleId) && existsSync(file) ? file : undefined
  },
})

/** From sources that nobody built there is nothing to read. */
function readBeside<Texts extends object>(name: string): Texts {
  const file = fileURLToPath(new URL(name, import.meta.url))
  return (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Texts
}
