/** The page as it reads by itself: without marks for tools, and links only to what can be reached from anywhere. */
function readable(page: string): string {
  return page
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .trim()
}

/** What a page says first, in a line. */
export function describe(page: string): string {
  const line = readable(page)
    .split('\n')
    .find((one) => one !== '' && !one.startsWith('#'))
  return (line ?? '').replace(/^> /, '').replace(/`/g, '')
}
