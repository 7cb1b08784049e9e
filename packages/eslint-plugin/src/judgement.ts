import { isAbsolute } from 'node:path'
import { lint, mayConcern, type Problem } from '@daemonlint/core'
import { configFor, type EnabledRules, everyRule } from './config.ts'
import { projectFor } from './project.ts'
import type { KubernetesSource } from './source.ts'

/** What a rule's context says of the file; `Rule.RuleContext` has all of it. */
export interface FileFacts {
  filename: string
  /** Another than `filename` for a block of code within a file. */
  physicalFilename: string
  cwd: string
  settings: object
}

/** What is wrong with a file: found out once, when the first rule asks, with all rules that are on. */
export interface Judgement {
  /** @throws RuleError */
  problemsOf(id: string): readonly Problem[]
}

interface Shared extends Judgement {
  /** False where no rule at all may have something to say, which is so of most files. */
  concerns: boolean
  /** False when the problems are known already, or the rule is on already: then another run over the text began. */
  enable(id: string, options: readonly unknown[]): boolean
}

const judgements = new WeakMap<KubernetesSource, Shared>()

/**
 * Turns a rule on for a text.
 * @param id without the plugin's namespace
 * @returns the judgement that all rules share; undefined where no rule may have something to say
 * @throws ConfigError for settings that are wrong
 */
export function enableRule(
  id: string,
  options: readonly unknown[],
  source: KubernetesSource,
  facts: FileFacts,
): Judgement | undefined {
  const known = judgements.get(source)
  if (known?.concerns === false) return undefined
  if (known?.enable(id, options)) return known
  const fresh = createJudgement(source, facts)
  fresh.enable(id, options)
  judgements.set(source, fresh)
  return fresh.concerns ? fresh : undefined
}

const none: readonly Problem[] = []

function createJudgement({ text, hasBOM }: KubernetesSource, facts: FileFacts): Shared {
  const { filename, physicalFilename, cwd } = facts
  const whole = configFor(everyRule, facts)
  const surroundings = {
    // A block of code within a file is no neighbour of the files around that.
    filePath: filename === physicalFilename && isAbsolute(filename) ? filename : undefined,
    project: projectFor(whole, cwd),
  }
  const enabled: EnabledRules = new Map()
  let problems: Map<string, Problem[]> | undefined
  return {
    concerns: mayConcern(text, { config: whole, ...surroundings }),
    enable(id, options) {
      if (problems || enabled.has(id)) return false
      enabled.set(id, options)
      return true
    },
    problemsOf(id) {
      if (!problems) {
        const config = configFor(enabled, facts)
        problems = byRule(lint(hasBOM ? `\u{feff}${text}` : text, { config, ...surroundings }).problems)
      }
      return problems.get(id) ?? none
    },
  }
}

/** Problems by the ids that rules have in this plugin. */
function byRule(problems: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const id = problem.ruleId.replace(/^daemonlint\//, '')
    const group = groups.get(id)
    if (group) group.push(problem)
    else groups.set(id, [problem])
  }
  return groups
}
