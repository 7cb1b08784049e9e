import { nearest } from '@daemonlint/core'
import { plainPage } from '@daemonlint/core/text'
import { pageIds, readPage } from '../pages.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The page of a rule, as it reads in a terminal.
 * @param id `image-tag`, or `api-server/unknown-field`
 * @param color whether headings stand out by colour
 * @throws UsageError where there is none, naming what is near or about the same
 */
export function explain(id: string, color: boolean): string {
  const ids = pageIds()
  const name = ids.includes(id) ? id : ids.find((other) => other === `api-server/${id}`)
  if (!name) throw new UsageError(unknown(id, ids))
  return render(readPage(name)!, color)
}

/** How many ids are named where a word is none. */
const most = 8
const prefix = 'api-server/'
const everywhere =
  'daemonlint rules lists the rules; docs/rules/README.md lists the api-server ids, which findings name too.'

/** What to say of a name that no page has: what is near it, or what is about the same. */
function unknown(id: string, ids: string[]): string {
  if (isOfPlugin(id, ids))
    return `'${excerpt(id)}' is a plugin's rule; explain knows the built-in rules only.`
  const start = `There is no rule '${excerpt(id)}'.`
  const near = nearId(id, ids)
  if (near) return `${start} Did you mean '${near}'? ${everywhere}`
  const found = idsAbout(id, ids)
  if (found.length === 0) return `${start} ${everywhere}`
  const more = found.length > most ? `\n  and ${found.length - most} more` : ''
  const list = found
    .slice(0, most)
    .map((other) => `\n  ${other}`)
    .join('')
  return `${start} These hold it, or a word of it:${list}${more}\n${everywhere}`
}

/** True for `house/registry`: its prefix is none of ours, nor one of ours mistyped. */
function isOfPlugin(id: string, ids: string[]): boolean {
  const [, own] = /^(@?[\w-]+(?:\/[\w-]+)*)\/[\w-]+$/.exec(id) ?? []
  const prefixes = ids.filter((other) => other.includes('/')).map((other) => other.split('/')[0]!)
  return own !== undefined && nearest(own, prefixes) === undefined
}

/** An id that was mistyped: one or two letters are wrong, `api-server/` not counted. */
function nearId(id: string, ids: string[]): string | undefined {
  const bare = bareOf(id)
  const name = nearest(bare, ids.map(bareOf), bare.length < 8 ? 1 : 2)
  if (name === undefined) return undefined
  const same = ids.filter((other) => bareOf(other) === name)
  return same.find((other) => other.startsWith(prefix) === id.startsWith(prefix)) ?? same[0]
}

/** The ids that hold the whole, or else a word of it; rules first. */
function idsAbout(id: string, all: string[]): string[] {
  const isRule = (other: string) => !other.startsWith(prefix)
  const ids = [...all.filter(isRule), ...all.filter((other) => !isRule(other))]
  const bare = wordsOf(bareOf(id)).join('-')
  const whole = bare.length < 3 ? [] : ids.filter((other) => bareOf(other).includes(bare))
  if (whole.length > 0) return whole
  const words = wordsOf(bareOf(id)).filter((word) => word.length > 2)
  const counts = ids.map((other) => {
    const own = bareOf(other).split('-')
    return { other, count: words.filter((word) => own.some((part) => isSame(part, word))).length }
  })
  return counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ other }) => other)
}

/** `ports` means `port`. */
const isSame = (part: string, word: string) => part === word || part === `${word}s` || `${part}s` === word

/** `hostPort` and `host port` are two words. */
const wordsOf = (text: string) =>
  text
    .slice(0, 100)
    .replace(/([a-z])(?=[A-Z])/g, '$1-')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)

const bareOf = (id: string) => (id.startsWith(prefix) ? id.slice(prefix.length) : id)

const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

function render(page: string, color: boolean): string {
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[22m` : text)
  const text = plainPage(page)
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
