import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nearest } from '@daemonlint/core'
import { UsageError } from '../usage-error.ts'

/**
 * The page of a rule, as it reads in a terminal.
 * @param id `image-tag`, or `api-server/unknown-field`
 * @param color whether headings stand out by colour
 * @throws UsageError where there is none, naming the nearest
 */
export function explain(id: string, color: boolean): string {
  // Packed by scripts/build.mjs.
  const file = join(import.meta.dirname, 'pages.json')
  const pages: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  const ids = Object.keys(pages)
  const name = ids.includes(id) ? id : ids.find((other) => other === `api-server/${id}`)
  if (!name) throw new UsageError(unknown(id, ids))
  return render(pages[name]!, color)
}

function unknown(id: string, ids: string[]): string {
  const near = nearest(id, ids) ?? ids.find((other) => nearest(id, [other.replace(/^.*\//, '')]))
  return `There is no rule '${id}'.${near ? ` Did you mean '${near}'?` : ''} daemonlint rules lists them.`
}

function render(page: string, color: boolean): string {
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[22m` : text)
  const text = page
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  let isCode = false
  const lines = text.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      isCode = !isCode
      return []
    }
    if (isCode) return [line === '' ? '' : `    ${line}`]
    return [/^#+ /.test(line) ? bold(line.replace(/^#+ /, '')) : line]
  })
  return `${lines.join('\n')}\n`
}
