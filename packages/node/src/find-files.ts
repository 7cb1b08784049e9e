import { type Stats, statSync } from 'node:fs'
import { basename, extname, isAbsolute, resolve, sep } from 'node:path'
import { configFileNames } from './config-file.ts'
import { errorCode, FileError, nameHint, systemReason } from './errors.ts'
import { createGitIgnore, type GitIgnore } from './git-ignore.ts'
import { createListings, type Listings } from './listings.ts'
import { relativePath, toSlashes } from './paths.ts'
import { suppressionsFileName } from './suppressions.ts'
import { skippedDirectories, walk } from './walk.ts'

/** What configurations ignore; a look-up is one. May answer at once. */
export interface Ignores {
  ignoresFile(path: string): boolean | Promise<boolean>
  ignoresDirectory(path: string): boolean | Promise<boolean>
}

export interface FindOptions {
  /** Absolute; patterns are relative to it. */
  cwd: string
  /** Absent: no configuration ignores anything. */
  ignores?: Ignores
  /** False: what git ignores is searched too. */
  gitIgnore?: boolean
  /** Extensions of the files that are taken from directories; default `.yaml`, `.yml`, `.json`. */
  extensions?: readonly string[]
  listings?: Listings
  /** Called now and then; a promise is waited for, so that a host can do something else meanwhile. */
  rest?: () => Promise<void> | undefined
}

export interface UnmatchedPattern {
  pattern: string
  /** `missing`: no such path; `empty`: nothing to read there; `ignored`: something, but all of it is ignored. */
  reason: 'missing' | 'empty' | 'ignored'
  /** Says so in a sentence. */
  message: string
}

export interface FoundFiles {
  /** Absolute paths, each once, sorted by code units. */
  files: string[]
  /** Files that were named but that a configuration ignores, absolute and sorted. */
  ignored: string[]
  unmatched: UnmatchedPattern[]
  /** Directories that cannot be read. */
  errors: FileError[]
}

export const defaultExtensions: readonly string[] = ['.yaml', '.yml', '.json']

/**
 * Finds the files that paths, directories and globs mean. Files that are named are taken whatever their extension and
 * whatever git ignores; directories are walked for manifests.
 * @param patterns relative to `cwd` or absolute
 */
export async function findFiles(patterns: readonly string[], options: FindOptions): Promise<FoundFiles> {
  const listings = options.listings ?? createListings()
  const search: Search = {
    ...options,
    extensions: options.extensions ?? defaultExtensions,
    listings,
    git: options.gitIgnore === false ? undefined : createGitIgnore(listings, options.cwd),
    files: new Set(),
    ignored: new Set(),
    unmatched: [],
    errors: [],
  }
  for (const pattern of patterns) await findPattern(pattern, search)
  return {
    files: [...search.files].sort(),
    ignored: [...search.ignored].sort(),
    unmatched: search.unmatched,
    errors: search.errors,
  }
}

interface Search extends Omit<FindOptions, 'gitIgnore'> {
  extensions: readonly string[]
  listings: Listings
  git: GitIgnore | undefined
  files: Set<string>
  ignored: Set<string>
  unmatched: UnmatchedPattern[]
  errors: FileError[]
}

async function findPattern(pattern: string, search: Search): Promise<void> {
  const path = resolve(search.cwd, pattern)
  let stats: Stats | undefined
  try {
    stats = statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (errorCode(error) !== 'ENAMETOOLONG') {
      const message = `${pattern} cannot be read: ${systemReason(error)}.`
      search.errors.push(new FileError(message, path, errorCode(error)))
      return
    }
  }
  if (stats?.isDirectory()) return findDirectory(pattern, path, search)
  if (stats) {
    if (await search.ignores?.ignoresFile(path)) search.ignored.add(path)
    else search.files.add(path)
    return
  }
  if (isGlob(pattern)) return findGlob(pattern, search)
  search.unmatched.push({
    pattern,
    reason: 'missing',
    message: `${pattern} does not exist${nameHint(pattern)}.`,
  })
}

/** True for a name that may stand for several files. */
export function isGlob(name: string): boolean {
  return /[*?[\]{}()!]/.test(name)
}

async function findDirectory(pattern: string, path: string, search: Search): Promise<void> {
  search.git?.open(path)
  const errors = search.errors.length
  let gitIgnored = false
  const found = await walkDirectory(path, search, (ignored) => {
    // What an ignored directory holds is not looked at; as a rule it holds what nobody means.
    gitIgnored ||= isManifestName(basename(ignored), search.extensions)
  })
  const kept = await keep(found, search)
  if (kept > 0 || search.errors.length > errors) return
  const kinds = orList(search.extensions)
  const where = `'${pattern}'`
  if (found.length > 0) {
    search.unmatched.push({ pattern, reason: 'ignored', message: `All files in ${where} are ignored.` })
  } else if (gitIgnored) {
    const message = `All ${kinds} files in ${where} are ignored by git.`
    search.unmatched.push({ pattern, reason: 'ignored', message })
  } else {
    search.unmatched.push({ pattern, reason: 'empty', message: `There are no ${kinds} files in ${where}.` })
  }
}

function walkDirectory(
  path: string,
  search: Search,
  onGitIgnored?: (path: string) => void,
): Promise<string[]> {
  return walk(path, {
    listings: search.listings,
    git: search.git,
    wants: (name) => isManifestName(name, search.extensions),
    ignoresDirectory: search.ignores && ((directory) => search.ignores!.ignoresDirectory(directory)),
    ...(onGitIgnored && { onGitIgnored }),
    rest: search.rest,
    onError: (error) => search.errors.push(error),
  })
}

/** True for what a manifest may be called; our own configuration and record are none. */
export function isManifestName(name: string, extensions: readonly string[] = defaultExtensions): boolean {
  return extensions.includes(extname(name).toLowerCase()) && !ownNames.has(name)
}

const ownNames: ReadonlySet<string> = new Set([...configFileNames, suppressionsFileName])

async function findGlob(pattern: string, search: Search): Promise<void> {
  const { glob } = await import('tinyglobby')
  const slashed = toSlashes(pattern)
  const matches = await glob(slashed, {
    cwd: search.cwd,
    absolute: true,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    onlyFiles: false,
    ignore: [...skippedDirectories].map((name) => `**/${name}/**`),
  })
  // `k8s/**` means the manifests there; a pattern that states an extension means what it matches.
  const statesExtension = basename(slashed).includes('.')
  const found = new Set<string>()
  for (const match of matches) {
    const path = resolve(match)
    const isDirectory = match.endsWith('/')
    if (search.git?.ignores(path, isDirectory)) continue
    if (isDirectory) {
      // As a shell would hand it over; below `**` everything is matched already.
      if (slashed.includes('**')) continue
      for (const file of await walkDirectory(path, search)) found.add(file)
    } else if (statesExtension || isManifestName(basename(path), search.extensions)) found.add(path)
  }
  if ((await keep([...found], search)) > 0) return
  search.unmatched.push(
    found.size > 0
      ? { pattern, reason: 'ignored', message: `All files that ${pattern} matches are ignored.` }
      : { pattern, reason: 'empty', message: `No files match ${pattern}.` },
  )
}

/** Adds those that no configuration ignores, and says how many there were. */
async function keep(paths: readonly string[], { ignores, files, rest }: Search): Promise<number> {
  let kept = 0
  for (const path of paths) {
    const resting = rest?.()
    if (resting) await resting
    const ignored = ignores?.ignoresFile(path)
    if (typeof ignored === 'object' ? await ignored : ignored) continue
    files.add(path)
    kept++
  }
  return kept
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** A path as it is shown: relative to the directory when it lies in it, else absolute; always with `/`. */
export function displayPath(path: string, cwd: string): string {
  const inside = path.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep)
  return inside ? relativePath(cwd, path) : isAbsolute(path) ? toSlashes(path) : path
}
