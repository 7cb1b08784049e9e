import type { Config } from './lint/config.ts'
import { kindsOf } from './lint/needs.ts'
import type { AnyRule } from './lint/rule.ts'
import { checkInvalid, checkValid } from './rule-tester/check-case.ts'
import { checkCase, checkCases } from './rule-tester/check-keys.ts'
import { createRunner } from './rule-tester/run.ts'
import type { Cases, InvalidCase, ValidCase } from './rule-tester/types.ts'
import { checkEmptyPatch, emptyPatches } from './rule-tester/unknowns.ts'

export { type CaseSurroundings, surroundingsOf } from './rule-tester/surroundings.ts'
export type { Cases, ErrorCase, InvalidCase, SuggestionCase, ValidCase } from './rule-tester/types.ts'

/** What a test runner's `describe` and `it` have in common. */
export type Block = (name: string, body: () => void) => unknown

/**
 * Tests a rule in ESLint's shape. Beside what a case states it asserts what must hold for every rule: fixes and
 * suggestions leave a manifest that parses and that the API server takes, with its comments; a further pass changes
 * nothing; every placeholder of a message has data; and nothing is said of what is templated or what a patch does not
 * state.
 *
 * It uses the global `describe` and `it`; where a runner has none, set `RuleTester.describe` and `RuleTester.it`.
 */
export class RuleTester {
  static describe: Block | undefined
  static it: (Block & { only?: Block }) | undefined
  static itOnly: Block | undefined

  readonly #config: Config

  /** @param config holds for all cases: `settings`, `linterOptions` */
  constructor(config: Config = {}) {
    this.#config = config
  }

  /**
   * Defines the tests of a rule.
   * @param id the rule's id, as in a configuration
   * @throws Error when there is no `describe` and `it`, or a case stands there twice or says what nobody reads
   */
  run(id: string, rule: AnyRule, cases: Cases): void {
    checkCases(id, cases)
    const { valid, invalid } = cases
    const describe = blockOf('describe')
    const it = blockOf('it')
    const config = this.#config
    const known = new Set<string>()
    const define = <Case extends ValidCase>(kind: keyof Cases, test: Case, check: (test: Case) => void) => {
      checkCase(id, test, kind)
      checkUnique(id, test, known)
      const only = RuleTester.itOnly ?? it.only?.bind(it)
      if (test.only && !only) throw new Error("RuleTester: 'only' needs RuleTester.itOnly or it.only.")
      const block = test.only && only ? only : it
      block(test.name ?? test.code, () => check(test))
    }
    describe(id, () => {
      describe('valid', () => {
        for (const test of valid) {
          define('valid', typeof test === 'string' ? { code: test } : test, (each) =>
            checkValid(id, rule, config, each),
          )
        }
      })
      describe('invalid', () => {
        for (const test of invalid) {
          define<InvalidCase>('invalid', test, (each) => checkInvalid(id, rule, config, each))
        }
      })
      it('says nothing of what a patch does not state', () => {
        for (const code of emptyPatches(kindsOf(rule))) {
          checkEmptyPatch(createRunner(id, rule, config, { code, role: 'patch' }), code)
        }
      })
    })
  }
}

type Runners = { describe?: Block; it?: Block & { only?: Block } }

function blockOf<Name extends keyof Runners>(name: Name): NonNullable<Runners[Name]> {
  const block = RuleTester[name] ?? (globalThis as Runners)[name]
  if (typeof block === 'function') return block as NonNullable<Runners[Name]>
  throw new Error(
    `RuleTester needs a test runner: there is no global '${name}'. Set RuleTester.describe and RuleTester.it, for vitest: import { describe, it } from 'vitest'.`,
  )
}

function checkUnique(id: string, test: ValidCase, known: Set<string>): void {
  const { name: _, only: __, project, ...rest } = test
  if (project) return
  const text = JSON.stringify(rest)
  if (known.has(text)) throw new Error(`RuleTester: a case of '${id}' stands there twice:\n${test.code}`)
  known.add(text)
}
