import { globToRegExp } from './glob.ts'

/** A path against a glob; a folder's path ends with `/`. */
export type PathMatcher = (path: string) => boolean

/** A glob as it stands in `files` or `ignores`; a leading `!` turns it round. */
export function pathMatcher(glob: string): PathMatcher {
  if (glob.startsWith('!')) {
    const matcher = pathMatcher(glob.slice(1))
    return (path) => !matcher(path)
  }
  const pattern = globToRegExp(glob)
  return (path) => pattern.test(path) || (path.endsWith('/') && pattern.test(path.slice(0, -1)))
}

/** An entry of `files`: one glob, or a list of globs that must all match. */
export function filesMatcher(files: readonly (string | string[])[]): PathMatcher {
  const entries = files.map((entry) => [entry].flat().map(pathMatcher))
  return (path) => entries.some((all) => all.every((matches) => matches(path)))
}

/** `ignores`: the last glob that speaks of a path decides, and one with `!` brings back what earlier ones took. */
export function ignoresMatcher(ignores: readonly string[]): PathMatcher {
  const entries = ignores.map((glob) => {
    const back = glob.startsWith('!')
    return { back, matches: pathMatcher(back ? glob.slice(1) : glob) }
  })
  return (path) => {
    let ignored = false
    for (const { back, matches } of entries) {
      if (ignored === back && matches(path)) ignored = !back
    }
    return ignored
  }
}

/** As {@link ignoresMatcher}, and nothing in an ignored folder can be brought back, for nobody looks into it. */
export function ignoresTreeMatcher(ignores: readonly string[]): PathMatcher {
  const ignored = ignoresMatcher(ignores)
  if (ignores.length === 0) return () => false
  return (path) => {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (ignored(path.slice(0, slash + 1))) return true
    }
    return !path.endsWith('/') && ignored(path)
  }
}
