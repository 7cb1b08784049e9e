import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A fenced block of YAML on a rule's page. */
export interface Example {
  kind: 'incorrect' | 'correct'
  text: string
  /** The rule's options, from the fence's `{"options": […]}`. */
  options: unknown[]
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
  let open: Example | undefined
  const lines = readFileSync(`${pages}${id}.md`, 'utf8').split('\n')
  for (const [index, line] of lines.entries()) {
    if (open) {
      if (line === '```') {
        examples.push(open)
        open = undefined
      } else open.text += `${line}\n`
      continue
    }
    if (line.startsWith('#')) kind = undefined
    kind = (/\*\*(incorrect|correct)\*\*/.exec(line)?.[1] as Example['kind']) ?? kind
    const fence = /^```yaml(?: (.*))?$/.exec(line)
    if (fence && kind) {
      const { options = [] } = fence[1] ? (JSON.parse(fence[1]) as { options?: unknown[] }) : {}
      open = { kind, text: '', options, line: index + 2 }
    }
  }
  return examples
}
