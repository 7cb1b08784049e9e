import { plainPage } from '@daemonlint/core/text'

/** What a page says first, in a line. */
export function describe(page: string): string {
  const line = plainPage(page)
    .split('\n')
    .find((one) => one !== '' && !one.startsWith('#'))
  return (line ?? '').replace(/^> /, '').replace(/`/g, '')
}
