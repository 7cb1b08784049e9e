import { powerlessRules, type ResolvedConfig } from '@daemonlint/core'
import { type Inputs, inputsOf } from './inputs.ts'
import type { LintedFile } from './lint-file.ts'
import { type Linted, lintInputs } from './lint-inputs.ts'
import { type Options, rendersAny } from './options.ts'
import { checkOutputs } from './output-file.ts'
import { type Memory, openSession, type Session } from './session.ts'
import { unusedEntries } from './unused-entries.ts'

/** What a run found out. */
export interface RunResult {
  /** One for each file read, in the order of their paths. */
  files: LintedFile[]
  /** A finding that is reported has suggestions. */
  offersChoice: boolean
  /** What was named but could not be found, read or written: a sentence each. */
  failures: string[]
  /** Why something that was named was passed over: a sentence each. */
  passedOver: string[]
  /** Settings of configurations that count for nothing: a sentence each. */
  powerless: string[]
  /** Entries of configurations about certain resources that no resource of the run matches. */
  unusedEntries: string[]
  /** How many suppressions are left over, for findings that do not occur any more. */
  unpruned?: number
  /** Suppressions were written: where, and how many there were and are. */
  recorded?: { path: string; before: number; after: number }
  /** The configurations that held for the files. */
  configs: ReadonlySet<ResolvedConfig>
  /** What a person should know beside, and what changes no exit code: a sentence each. */
  notes: string[]
}

/**
 * Lints what was asked for, and writes what it mends: inputs → lint → conclusions. What comes of it is for `report`.
 * @param cwd absolute
 * @param memory for one of several runs: what is handed on
 * @throws UsageError, and errors named ConfigError or RuleError
 */
export async function run(options: Options, cwd: string, memory?: Memory): Promise<RunResult> {
  const session = await openSession(options, cwd, memory)
  const inputs = await inputsOf(session)
  checkOutputs(options.formats, cwd, inputs.text ? [inputs.text.filePath] : inputs.files)
  const linted = await lintInputs(inputs, session)
  if (rendersAny(options) || [...linted.configs].some(asksToRender)) {
    const { lintRendered } = await import('./lint-rendered.ts')
    return conclude(inputs, await lintRendered(linted, inputs.files, session), session)
  }
  return conclude(inputs, linted, session)
}

function asksToRender({ linterOptions }: ResolvedConfig): boolean {
  return linterOptions.renderCharts || linterOptions.renderKustomizations
}

/** What only the whole of a run tells. */
async function conclude(inputs: Inputs, linted: Linted, { lookup, cwd }: Session): Promise<RunResult> {
  const { files, offersChoice, configs, usedEntries } = linted
  const powerless = new Set([...configs].flatMap(powerlessRules))
  return {
    files,
    offersChoice,
    configs,
    failures: [...inputs.failures, ...linted.failures],
    passedOver: inputs.passedOver,
    notes: linted.notes,
    powerless: [...powerless].map(
      (id) =>
        `Setting '${id}' has no effect: the API server refuses the manifest all the same. linterOptions.allowRejected: true lets it count.`,
    ),
    unusedEntries: await unusedEntries(
      lookup,
      (entry) => usedEntries.has(entry) || powerless.has(entry.ruleId),
      cwd,
    ),
  }
}
