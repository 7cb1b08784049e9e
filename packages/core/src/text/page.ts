/** A rule's page that stands alone: without comments, and without links to pages that are not there. */
export function plainPage(page: string): string {
  return page
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same without what a report says anyway: the title, and the list of presets below it. */
export function pageBody(page: string): string {
  return plainPage(
    page.replace(/<!-- header:start -->[\s\S]*?<!-- header:end -->/, '').replace(/^# .*\n/, ''),
  )
}
