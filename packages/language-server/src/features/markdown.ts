/** Texts of others, as Markdown that an editor shows. */

/** Kubernetes' descriptions are plain text: what would vanish as HTML is shown as it is. */
export const escapeMarkdown = (text: string): string => text.replace(/[<*\\]/g, '\\$&')

/** In backquotes. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

/**
 * Why a rule is there, from its page: the first paragraphs of "Why it matters", or of the page where it has no such section.
 * Links to other pages are left out, for they lead nowhere in an editor.
 */
export function proseOf(page: string): string {
  const body = page
    .replace(/\r\n/g, '\n')
    .replace(/<!-- header:start -->[\s\S]*?<!-- header:end -->\n?/, '')
    .replace(/<!--[\s\S]*?-->\n?/g, '')
  const [, why] = /^## Why it matters\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(body) ?? []
  const [, start = ''] = /^# .*\n([\s\S]*?)(?=^## |(?![\s\S]))/.exec(body) ?? []
  const paragraphs = (why ?? start)
    .trim()
    .split(/\n{2,}/)
    .filter((paragraph) => !/^(?:```|> )/.test(paragraph))
  return paragraphs
    .slice(0, 1)
    .join('\n\n')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
}
