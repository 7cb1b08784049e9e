import { mayBeDaemonSet } from '../schema/index.ts'
import type { RuleRun } from './resolved.ts'
import type { AnyRule } from './rule.ts'

/** A document that may have to be parsed: what the light scan makes of it, and its text. */
export interface CandidateDocument {
  kind: string
  apiVersion: string
  text: string
}

/** Tells whether one of some kinds may stand around the file. */
export type IsBeside = (kinds: readonly string[]) => boolean

type Wants = (document: CandidateDocument, isBeside?: IsBeside) => boolean

const daemonSetOnly = ['DaemonSet']

/** The kinds whose manifests a rule visits. */
export function kindsOf(rule: AnyRule): readonly string[] {
  return rule.meta.needs?.kinds ?? daemonSetOnly
}

/** What the rules of a configuration need, made once, for it serves many files. */
export interface Needs {
  /** The kinds whose manifests each run visits. */
  kindsOfRun: ReadonlyMap<RuleRun, ReadonlySet<string>>
  /** The kinds whose manifests some rule visits. */
  kinds: ReadonlySet<string>
  /** Ids of the rules that run. */
  ids: ReadonlySet<string>
  /** {@link wantsOf} those rules. */
  wants: Wants
  /** The runs that may have something to say of a file with this text. */
  concernedBy(text: string): readonly RuleRun[]
}

const needsOfRules = new WeakMap<readonly RuleRun[], Needs>()

/** @param runs those of a configuration, the same list each time */
export function needsOf(runs: readonly RuleRun[]): Needs {
  let needs = needsOfRules.get(runs)
  if (!needs) {
    const kindsOfRun = new Map(runs.map((run) => [run, new Set(kindsOf(run.rule))]))
    needs = {
      kindsOfRun,
      kinds: new Set([...kindsOfRun.values()].flatMap((kinds) => [...kinds])),
      ids: new Set(runs.map(({ id }) => id)),
      wants: wantsOf(runs.map(({ rule }) => rule)),
      concernedBy: concernedBy(runs),
    }
    needsOfRules.set(runs, needs)
  }
  return needs
}

/**
 * Tells which documents must be parsed: DaemonSets always, for the API server's verdict does not depend on rules, and
 * any other document that some rule needs. When the scan cannot tell the kind, the text decides, generously.
 * @param rules those that will run
 */
export function wantsOf(rules: Iterable<AnyRule>): Wants {
  const hints = new Map<string, Hint[]>()
  for (const rule of rules) {
    const { text, beside } = rule.meta.needs ?? {}
    for (const kind of kindsOf(rule)) {
      if (kind === 'DaemonSet') continue
      const known = hints.get(kind)
      if (known) known.push({ text, beside })
      else hints.set(kind, [{ text, beside }])
    }
  }
  return (document, isBeside = () => true) => {
    if (mayBeDaemonSet(document)) return true
    const { kind, text } = document
    if (kind !== '' && !kind.endsWith('List')) return wanted(hints.get(kind), text, isBeside)
    for (const [needed, ofKind] of hints) {
      if (text.includes(needed) && wanted(ofKind, text, isBeside)) return true
    }
    return false
  }
}

/** An escape by which a text may hold a word that is not written in it. */
const escaped = /\\[xuU/]/

/** True when a text holds a word, or may: an escape may hide it. */
export function mayHoldWord(text: string, word: string): boolean {
  return text.includes(word) || escaped.test(text)
}

/**
 * Tells which runs may have something to say of a file, by its text. Rules share hints, and most hints are a word: each
 * is looked for once, as plainly as it can be.
 */
function concernedBy(runs: readonly RuleRun[]): (text: string) => readonly RuleRun[] {
  const hints = new Map<string, (text: string) => boolean>()
  const hintOf = runs.map(({ rule }) => {
    const { text: hint, kinds = daemonSetOnly } = rule.meta.needs ?? {}
    if (!hint || (kinds.length > 1 && kinds.includes('DaemonSet'))) return undefined
    const key = String(hint)
    if (!hints.has(key)) hints.set(key, testFor(hint))
    return key
  })
  return (text) => {
    if (escaped.test(text)) return runs
    const found = new Map<string, boolean>()
    for (const [key, holds] of hints) found.set(key, holds(text))
    return runs.filter((_, index) => found.get(hintOf[index] ?? '') ?? true)
  }
}

function testFor(hint: RegExp): (text: string) => boolean {
  const { source, flags } = hint
  if (flags === '' && /^[\w-]+$/.test(source)) return (text) => text.includes(source)
  return (text) => text.search(hint) >= 0
}

/** What a rule says of the documents that it visits. */
interface Hint {
  text: RegExp | undefined
  beside: readonly string[] | undefined
}

function wanted(hints: readonly Hint[] | undefined, text: string, isBeside: IsBeside): boolean {
  return (
    hints?.some(
      ({ text: hint, beside }) =>
        (hint === undefined || text.search(hint) >= 0) && (beside === undefined || isBeside(beside)),
    ) ?? false
  )
}
