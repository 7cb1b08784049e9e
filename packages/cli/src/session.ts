import { normaliseVersions } from '@daemonlint/core'
import {
  type ConfigLookup,
  createListings,
  createSources,
  type GitBase,
  GitError,
  type Listings,
  openGitBase,
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
  /** The version of --since. */
  base: GitBase | undefined
}

/**
 * @param cwd absolute
 * @throws {UsageError} where an argument cannot be meant
 */
export async function openSession(options: Options, cwd: string): Promise<Session> {
  const kubernetesVersions = versionsOf(options)
  const listings = createListings()
  const lookup = createLookup(options, cwd, listings)
  const base = options.since === undefined ? undefined : await openBase(options.since, cwd)
  return { options, cwd, listings, sources: createSources(), lookup, kubernetesVersions, base }
}

/** @throws UsageError that names the flag */
async function openBase(reference: string, cwd: string): Promise<GitBase> {
  try {
    return await openGitBase(reference, cwd)
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(`--since ${reference}: ${error.message}`)
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
