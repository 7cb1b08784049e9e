/** Texts of others, as Markdown that an editor shows. */
import { pageBody } from '@daemonlint/core/text'

/** Kubernetes' descriptions are plain text: what would vanish as HTML is shown as it is. */
export const escapeMarkdown = (text: string): string => text.replace(/[<*\\]/g, '\\$&')

/** In backquotes. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

/**
 * Why a rule is there, from its page: the first paragraph of "Why it matters", or of the page where it has no such section.
 */
export function proseOf(page: string): string {
  const [start = '', ...sections] = pageBody(page).split(/^## /m)
  const title = 'Why it matters\n'
  const why = sections.find((section) => section.startsWith(title))?.slice(title.length)
  const paragraphs = (why ?? start).trim().split(/\n{2,}/)
  return paragraphs.find((paragraph) => !/^(?:```|> )/.test(paragraph)) ?? ''
}
