import { lint, type Problem, resolveConfig } from '@daemonlint/core'
import { type Cases, RuleTester, surroundingsOf, type ValidCase } from '@daemonlint/core/rule-tester'
import { describe, expect, it } from 'vitest'
import { templatedEach } from './fixtures.ts'
import { show } from './lint.ts'

RuleTester.describe = describe
RuleTester.it = it

const tester = new RuleTester()

/**
 * Runs a rule's cases as vitest's tests. Beside what every rule's tester asks, no case may have more findings when one
 * of its scalars is templated.
 */
export const ruleTester: Pick<RuleTester, 'run'> = {
  run(id, rule, cases) {
    tester.run(id, rule, cases)
    it('says no more when one scalar is templated', () => {
      for (const test of casesOf(cases)) {
        const find = (code: string) => findingsOf(id, rule, { ...test, code })
        const known = new Set(find(test.code).map(({ field }) => field))
        for (const { path, text } of templatedEach(test.code)) {
          const found = find(text)
          // Where one finding speaks of several fields, the next of them may be its place.
          if (known.has(path) && found.length <= known.size) continue
          const added = found.filter(({ field }) => !known.has(field))
          expect(added.map(show), `${path} of\n${test.code}`).toEqual([])
        }
      }
    }, 30_000)
  },
}

function casesOf({ valid, invalid }: Cases): ValidCase[] {
  return [...valid.map((test) => (typeof test === 'string' ? { code: test } : test)), ...invalid]
}

function findingsOf(id: string, rule: Parameters<RuleTester['run']>[1], test: ValidCase): Problem[] {
  const { code, options = [], settings = {}, role } = test
  const config = resolveConfig([{ settings, rules: { [id]: ['error', ...options] } }], {
    builtin: { rules: { [id]: rule } },
  })
  const { problems } = lint(code, { config, ...surroundingsOf(test), role, strict: true })
  return problems.filter(({ ruleId }) => ruleId === id)
}
