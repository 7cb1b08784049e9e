import { normaliseVersions } from '@daemonlint/core'
import {
  type AccessRecord,
  type ConfigLookup,
  createListings,
  createSources,
  type GitBase,
  GitError,
  type GitIndex,
  type Listings,
  openGitBase,
  openGitHead,
  openGitIndex,
  recordListings,
  recordSources,
  type Sources,
} from '@daemonlint/node'
import { createLookup } from './lookup.ts'
import type { Options } from './options.ts'
import { UsageError } from './usage-error.ts'

/** What all steps of a run share. It lives as long as the run, and so does what it has read. */
export interface Session {
  options: Options
  /** Absolute. */
  cwd: string
  listings: Listings
  sources: Sources
  lookup: ConfigLookup
  /** What --kubernetes-version says, oldest first; undefined where the configuration decides. */
  kubernetesVersions: readonly string[] | undefined
  /** What --since, --changed and --staged compare to; undefined without them. */
  base: GitBase | undefined
  /** What is staged, with --staged: it stands for what is on the disk. */
  index: GitIndex | undefined
  /** What --watch keeps from one run to the next. */
  memory: Memory | undefined
}

/** What a run takes over from the one before it and hands on, while --watch lasts. */
export interface Memory {
  /** The text of a cache. */
  cache: string
  /** Files that --fix wrote; absolute. */
  written: string[]
  /** What the run looked at. */
  record: AccessRecord
}

/**
 * @param cwd absolute
 * @throws {UsageError} where an argument cannot be meant
 */
export async function openSession(options: Options, cwd: string, memory?: Memory): Promise<Session> {
  const kubernetesVersions = versionsOf(options)
  const listings = memory ? recordListings(createListings(), memory.record) : createListings()
  const lookup = createLookup(options, cwd, listings)
  const index = options.staged ? await fromGit('--staged', () => openGitIndex(cwd)) : undefined
  const base = index ?? (await baseOf(options, cwd))
  const plain = createSources(index?.source)
  const sources = memory ? recordSources(plain, memory.record) : plain
  return { options, cwd, listings, sources, lookup, kubernetesVersions, base, index, memory }
}

async function baseOf({ since, changed }: Options, cwd: string): Promise<GitBase | undefined> {
  if (changed) return fromGit('--changed', () => openGitHead(cwd))
  return since === undefined ? undefined : fromGit(`--since ${since}`, () => openGitBase(since, cwd))
}

/** @throws UsageError that names the flag */
async function fromGit<Opened>(flag: string, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(`${flag}: ${error.message}`)
    throw error
  }
}

function versionsOf({ kubernetesVersion }: Options): string[] | undefined {
  if (kubernetesVersion === undefined) return undefined
  try {
    return normaliseVersions(kubernetesVersion)
  } catch (error) {
    throw new UsageError(`--kubernetes-version: ${(error as Error).message}`)
  }
}
