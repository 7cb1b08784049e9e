import { ConfigError } from './config-error.ts'

/**
 * Makes a regular expression of a glob over paths with `/`. Of minimatch's language it has what people write in
 * configurations: `*` and `?` (not across `/`), `**` as a whole segment, `[a-z]`, `[!a]`, `{a,b}` and `\` before a
 * character to be taken as it is. Names that begin with a dot match as any other.
 * @throws ConfigError for what it does not know: `!(…)` and its like
 */
export function globToRegExp(glob: string): RegExp {
  return new RegExp(`^(?:${expandBraces(cleaned(glob)).map(translate).join('|')})$`, 'su')
}

/** Makes a regular expression of a name's glob: `*` is any text, `?` one character, all else itself. */
export function wildcardToRegExp(glob: string): RegExp {
  const translated = { '*': '.*', '?': '.' } as Record<string, string>
  const source = [...glob].map((character) => translated[character] ?? literal(character))
  return new RegExp(`^${source.join('')}$`, 'su')
}

/** `./x` and `/x` both start at the configuration's folder. */
function cleaned(glob: string): string {
  return glob.replace(/^(?:\.?\/)+/, '')
}

function translate(glob: string): string {
  if (/(?<!\\)[?*+@!]\(/.test(glob)) {
    throw new ConfigError(
      `The glob '${glob}' has an extended pattern such as '!(…)', which daemonlint does not know. Use '*', '**', '?', '[…]' and '{a,b}', or list what it stands for.`,
    )
  }
  const segments = glob.split('/')
  let source = ''
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1
    if (segment !== '**') source += translateSegment(segment) + (last ? '' : '/')
    // `a/**` is what is in a, and a itself when it is spelt as a folder: `a/`
    else source += last ? '.*' : '(?:[^/]+/)*'
  }
  return source
}

function translateSegment(segment: string): string {
  let source = ''
  for (let index = 0; index < segment.length; index++) {
    const character = segment[index]!
    if (character === '*') {
      while (segment[index + 1] === '*') index++
      source += /^\*+$/.test(segment) ? '[^/]+' : '[^/]*'
    } else if (character === '?') source += '[^/]'
    else if (character === '\\' && index + 1 < segment.length) source += literal(segment[++index]!)
    else if (character === '[') {
      // a `]` right at the start is one of the characters
      const opening = /^\[[!^]?\]?/.exec(segment.slice(index))![0].length
      const end = segment.indexOf(']', index + opening)
      if (end < 0) source += '\\['
      else {
        source += characterClass(segment.slice(index + 1, end))
        index = end
      }
    } else source += literal(character)
  }
  return source
}

function characterClass(inner: string): string {
  const negated = /^[!^]/.test(inner)
  const characters = (negated ? inner.slice(1) : inner).replace(/[\\\]^[&]/g, '\\$&')
  return negated ? `[^/${characters}]` : `[${characters}]`
}

function literal(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&')
}

/** Each pair of braces multiplies them; people write a handful. */
const mostExpansions = 1000

/** `a{b,c{d,e}}` to `ab`, `acd`, `ace`; braces without a comma stand for themselves. */
function expandBraces(glob: string): string[] {
  const done: string[] = []
  const waiting = [glob]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const found = findBraces(next)
    if (!found) done.push(next)
    else {
      const { start, end, parts } = found
      for (const part of parts.reverse()) waiting.push(next.slice(0, start) + part + next.slice(end + 1))
    }
    if (done.length + waiting.length > mostExpansions) {
      throw new ConfigError(
        `The glob '${glob.slice(0, 60)}${glob.length > 60 ? '…' : ''}' stands for more than ${mostExpansions} others. Use '*' in place of some of its braces.`,
      )
    }
  }
  return done
}

function findBraces(glob: string): { start: number; end: number; parts: string[] } | undefined {
  for (let start = 0; start < glob.length; start++) {
    if (glob[start] === '\\') start++
    else if (glob[start] === '{') {
      const parts = ['']
      let depth = 0
      for (let end = start + 1; end < glob.length; end++) {
        const character = glob[end]!
        if (character === '}' && depth === 0) {
          if (parts.length > 1) return { start, end, parts }
          break
        }
        if (character === '{') depth++
        if (character === '}') depth--
        if (character === ',' && depth === 0) parts.push('')
        else parts[parts.length - 1] += character + (character === '\\' ? (glob[++end] ?? '') : '')
      }
    }
  }
  return undefined
}
