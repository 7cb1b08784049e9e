import { dirname, join } from 'node:path'
import { clustersOf, type Plugin, type Problem, type Project, type ResolvedConfig } from '@daemonlint/core'
import {
  type CachedFile,
  type ConfigKey,
  configKey,
  createAnswerKeys,
  createFileDigests,
  createResultCache,
  digestOf,
  type FileProject,
  recordQuestions,
} from '@daemonlint/node'
import { type CacheFile, cachePath, readCache, writeCache } from './cache-file.ts'
import type { Input } from './inputs.ts'
import { type LintedFile, offersChoiceIn, resultOf } from './lint-file.ts'
import type { Session } from './session.ts'

declare const DAEMONLINT_VERSION: string
declare const DAEMONLINT_BUILD: string

/** What --cache keeps between runs: what the linting of each file came to, before anything is left out of the report. */
export interface Cache {
  /** To lint with: it hears what is asked. */
  project: Project
  /** What an earlier run found, where linting would find the same. */
  find(input: Input): LintedFile | undefined
  /** Keeps what was found; to be called before the findings are let go. */
  keep(input: Input, linted: LintedFile): void
  /** Forgets a file that could not be linted. */
  drop(input: Input): void
  /** Writes the file. Returns what a person should know: sentences. */
  save(): string[]
}

/** The same for every build of one version of the sources, and for no other. */
const version = `${DAEMONLINT_VERSION}+${DAEMONLINT_BUILD}/${process.version}`

/**
 * @param builtin the rules of this very process: others that look the same are other code
 * @throws {UsageError} for a place that cannot be meant
 */
export function openCache(session: Session, project: FileProject, builtin: Plugin): Cache {
  const { options, cwd, sources, base, kubernetesVersions } = session
  const inMemory = options.cache ? undefined : session.memory
  const file: CacheFile = inMemory
    ? { path: join(cwd, 'memory'), text: inMemory.cache }
    : readCache(cachePath(options, cwd))
  const results = createResultCache(file.text, version, dirname(file.path))
  const digests = createFileDigests(sources)
  const { nameOf } = results
  const previousKey = (path: string) => base?.previousKey(path) ?? ''
  const answers = createAnswerKeys({ project, digests, nameOf, previousKey })
  const recorder = recordQuestions(project)
  const keys = new Map<ResolvedConfig, ConfigKey>()
  /** How many files cannot be kept, by the reason. */
  const obstacles = new Map<string, number>()

  function keyOf(config: ResolvedConfig): ConfigKey {
    let found = keys.get(config)
    if (!found) {
      const { key, obstacle } = configKey(config, builtin)
      // Whether there is a former version is seen by rules even where a file has none.
      const whole = { key, kubernetesVersions, isCompared: base !== undefined }
      found = obstacle === undefined ? { key: digestOf(JSON.stringify(whole)) } : { obstacle }
      keys.set(config, found)
    }
    return found
  }

  /** Undefined for what cannot be kept; bytes that are no UTF-8 are too rare to be. */
  function cached({ filePath: path, source, config }: Input): CachedFile | undefined {
    const { key } = keyOf(config)
    if (key === undefined || typeof source !== 'string') return undefined
    const clusters = clustersOf(config)
    return { path, digest: digests(path, source), config: key, clusters }
  }

  return {
    project: recorder.project,
    find(input) {
      const file = cached(input)
      const found = file && results.find(file, answers)
      return found && restored(input, found.result as Kept | undefined)
    },
    keep(input, linted) {
      const { filePath, config } = input
      const questions = recorder.take(filePath)
      const file = cached(input)
      const { obstacle } = keyOf(config)
      if (obstacle !== undefined) obstacles.set(obstacle, (obstacles.get(obstacle) ?? 0) + 1)
      if (file && questions) results.keep(file, questions, answers, kept(linted))
      else results.drop(filePath)
    },
    drop({ filePath }) {
      recorder.take(filePath)
      results.drop(filePath)
    },
    save() {
      if (inMemory) {
        inMemory.cache = results.text() ?? inMemory.cache
        return []
      }
      const notes = [...obstacles].map(([obstacle, count]) => unkept(obstacle, count))
      const text = file.obstacle === undefined ? results.text() : undefined
      const failure = file.obstacle ?? (text === undefined ? undefined : writeCache(file.path, text))
      return failure === undefined ? notes : [...notes, `--cache: ${failure}`]
    },
  }

  /** What was kept, as linting would give it. */
  function restored({ filePath, shown, source, config }: Input, kept: Kept = nothing): LintedFile {
    const [
      workloads,
      templates,
      patches,
      undecoded,
      hasUnseen,
      usedEntries,
      resources,
      problems,
      suppressed,
    ] = kept
    const counts = { workloads, templates, patches, undecoded }
    return {
      result: resultOf(
        filePath,
        shown,
        config,
        { problems, suppressed },
        String(source).replace(/^\ufeff/, ''),
      ),
      lint: { counts, problems, usedEntries: new Set(usedEntries), resources, hasUnseen },
      offersChoice: offersChoiceIn(problems, options),
      output: undefined,
      cycle: false,
      rolled: [],
    }
  }
}

function unkept(obstacle: string, count: number): string {
  const files = count === 1 ? 'one file' : `${count} files`
  return `--cache: The results of ${files} are not kept: ${obstacle}.`
}

/** The counts, whether something was not seen, ids of the configuration's entries that did something, keys of resources, findings, suppressed findings. */
type Kept = [number, number, number, number, boolean, string[], readonly string[], Problem[], Problem[]]

/** What the linting of most files comes to. */
const nothing: Kept = [0, 0, 0, 0, false, [], [], [], []]

function kept({ lint, result: { problems, suppressed } }: LintedFile): Kept | undefined {
  const { counts, usedEntries, resources, hasUnseen } = lint
  const { workloads, templates, patches, undecoded } = counts
  const numbers = [workloads, templates, patches, undecoded] as const
  const found = [problems.map(plain), suppressed.map(plain)] as const
  const all: Kept = [...numbers, hasUnseen, [...usedEntries], resources, ...found]
  return all.every((part) => !part || (Array.isArray(part) && part.length === 0)) ? undefined : all
}

/** Without the tree that it belongs to; its suggestions are made. */
function plain({ manifest, ...problem }: Problem): Problem {
  return problem
}
