import { didYouMean } from '../text/nearest.ts'
import type { FormatInfo, Formatter } from './format.ts'

/** The formats by name. Each is loaded when asked for, since a run needs one of them, seldom two. */
export const formatters: Record<string, FormatInfo> = {
  stylish: {
    description: 'for people, with code frames',
    needs: [],
    load: async () => (await import('./stylish.ts')).stylish,
  },
  concise: {
    description: 'one line for each finding',
    needs: [],
    load: async () => (await import('./concise.ts')).concise,
  },
  json: {
    description: "ESLint's results",
    needs: ['suggestions'],
    load: async () => (await import('./json.ts')).json,
  },
  jsonl: {
    description: 'one JSON object for each finding',
    needs: ['suggestions'],
    load: async () => (await import('./jsonl.ts')).jsonl,
  },
  sarif: {
    description: 'SARIF 2.1.0, for code scanning',
    needs: ['suggestions', 'rules', 'help'],
    load: async () => (await import('./sarif.ts')).sarif,
  },
  github: {
    description: 'annotations of GitHub Actions',
    needs: [],
    load: async () => (await import('./github.ts')).github,
  },
  gitlab: {
    description: "GitLab's code quality report",
    needs: [],
    load: async () => (await import('./gitlab.ts')).gitlab,
  },
  rdjson: {
    description: "reviewdog's diagnostics",
    needs: ['suggestions'],
    load: async () => (await import('./rdjson.ts')).rdjson,
  },
  junit: {
    description: 'JUnit XML',
    needs: [],
    load: async () => (await import('./junit.ts')).junit,
  },
  checkstyle: {
    description: 'Checkstyle XML',
    needs: [],
    load: async () => (await import('./checkstyle.ts')).checkstyle,
  },
  markdown: {
    description: 'for comments and job summaries',
    needs: [],
    load: async () => (await import('./markdown.ts')).markdown,
  },
  html: {
    description: 'a page to look at and to keep',
    needs: ['suggestions', 'rules'],
    load: async () => (await import('./html.ts')).html,
  },
}

/**
 * Looks a format up, without loading it.
 * @throws Error that names the formats there are, when there is none of that name
 */
export function formatInfo(name: string): FormatInfo {
  if (Object.hasOwn(formatters, name)) return formatters[name]!
  const names = Object.keys(formatters)
  throw new Error(
    `There is no format '${name}'.${didYouMean(name, names)} The formats are: ${names.join(', ')}.`,
  )
}

/**
 * Loads a format.
 * @param name a key of {@link formatters}
 * @throws Error that names the formats there are, when there is none of that name
 */
export const loadFormatter = async (name: string): Promise<Formatter> => formatInfo(name).load()
