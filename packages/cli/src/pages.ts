import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The pages of the rules in Markdown, by id. `scripts/build.mjs` packs them. */
export function readPages(): Record<string, string> {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'pages.json'), 'utf8'))
}

/** A page that stands alone: without comments, and without links to pages that are not there. */
export function plainPage(page: string): string {
  return page
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same without what a report says anyway: the title, and the list of presets below it. */
export function helpOf(page: string): string {
  return plainPage(
    page.replace(/<!-- header:start -->[\s\S]*?<!-- header:end -->/, '').replace(/^# .*\n/, ''),
  )
}
