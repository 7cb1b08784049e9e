import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A fenced block of YAML on a rule's page. */
export interface Example {
  kind: 'incorrect' | 'correct'
  text: string
  /** The rule's options, from the fence's `{"options": […]}`. */
  options: unknown[]
  /** What it was before: the last block above it whose fence says `{"before": true}`. */
  previous?: string
  /** Its first line on the page, counted from 1. */
  line: number
}

/** The folder of the rules' pages. */
export const pages = fileURLToPath(new URL('../../docs/rules/', import.meta.url))

/**
 * The examples of a page: every ```yaml fence whose nearest paragraph above holds **incorrect** or **correct**.
 * @param id a rule's id, `image-tag`
 */
export function examplesOf(id: string): Example[] {
  const examples: Example[] = []
  let kind: Example['kind'] | undefined
  let previous: string | undefined
  let open: { said: Said; lines: string[]; line: number } | undefined
  const lines = readFileSync(`${pages}${id}.md`, 'utf8').split('\n')
  for (const [index, line] of lines.entries()) {
    if (open) {
      if (line !== '```') {
        open.lines.push(`${line}\n`)
        continue
      }
      const { said, line: first } = open
      const text = open.lines.join('')
      open = undefined
      if (said.before) previous = text
      else if (kind) {
        const { options = [] } = said
        examples.push({ kind, text, options, line: first, ...(previous !== undefined && { previous }) })
      }
      continue
    }
    if (line.startsWith('#')) kind = undefined
    kind = (/\*\*(incorrect|correct)\*\*/.exec(line)?.[1] as Example['kind']) ?? kind
    const fence = /^```yaml(?: (.*))?$/.exec(line)
    if (fence) open = { said: fence[1] ? (JSON.parse(fence[1]) as Said) : {}, lines: [], line: index + 2 }
  }
  return examples
}

/** What a fence says of its block, as JSON. */
interface Said {
  options?: unknown[]
  before?: boolean
}
