import { describe, expect, it } from 'vitest'
import { type ConformanceCase, caseFiles, loadFile } from '../../scripts/conformance/cases.mjs'
import { rejections } from '../../src/apiserver/index.ts'
import { lint } from '../../src/lint/lint.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import type { Problem } from '../../src/problem.ts'

const config = resolveConfig([{ rules: {} }], { filePath: 'a.yaml', builtin: { rules: {} } })
const cases: ConformanceCase[] = []
const accepted = (id: string): boolean => rejections[id as keyof typeof rejections]?.accepted === true

/** What is found in a case, in the order of the text. */
function findings({ bytes, kubernetesVersion }: ConformanceCase): Problem[] {
  const { problems } = lint(bytes, {
    config,
    filePath: 'a.yaml',
    strict: true,
    ...(kubernetesVersion && { kubernetesVersions: [kubernetesVersion] }),
  })
  return problems.filter(({ ruleId }) => ruleId.startsWith('api-server/'))
}

const idOf = ({ ruleId }: Problem) => ruleId.replace('api-server/', '')
const unique = <T>(values: T[]): T[] => [...new Set(values)].sort()
const fieldsOf = (problems: Problem[]) =>
  unique(problems.flatMap(({ field }) => (field === undefined ? [] : [field])))

/** The ids of the problems that neither the case's check nor its `also` name. */
const strangers = ({ check, also, kind }: ConformanceCase, problems: Problem[]) =>
  problems
    .filter((problem) => !also.includes(idOf(problem)) && (kind === 'valid' || idOf(problem) !== check))
    .map((problem) => `${idOf(problem)} ${problem.field ?? '-'}: ${problem.message}`)

function checkMarks({ marks, text }: ConformanceCase, [first]: Problem[]) {
  if (marks === undefined) return
  const { start, end } = first!.position
  expect(text.replace(/^\uFEFF/, '').slice(start.offset, end.offset), 'marks').toBe(marks)
}

const judges: Record<ConformanceCase['kind'], (given: ConformanceCase, problems: Problem[]) => void> = {
  valid(given, problems) {
    expect(strangers(given, problems)).toEqual([])
    expect(problems.filter(({ rejected }) => rejected)).toEqual([])
  },
  invalid(given, problems) {
    const rejected = problems.filter((problem) => problem.rejected)
    const own = rejected.filter((problem) => idOf(problem) === given.check)
    expect(strangers(given, rejected)).toEqual([])
    expect(rejected.map(idOf), 'what is reported').toContain(given.check)
    if (given.fields?.length) expect(fieldsOf(rejected), 'fields').toEqual(unique(given.fields))
    checkMarks(given, own)
  },
  warns(given, problems) {
    expect(strangers(given, problems)).toEqual([])
    const own = problems.filter((problem) => idOf(problem) === given.check)
    expect(own.map(idOf), 'what is reported').toContain(given.check)
    expect(own.filter(({ rejected, severity }) => rejected || severity !== 'warn')).toEqual([])
    if (given.fields?.length) expect(fieldsOf(own), 'fields').toEqual(unique(given.fields))
    checkMarks(given, own)
  },
}

// A file that cannot be read is one failure, so that the others still count.
for (const file of caseFiles()) {
  let own: ConformanceCase[]
  try {
    own = loadFile(file)
  } catch (error) {
    it(`conformance/${file}`, () => expect.fail((error as Error).message))
    continue
  }
  cases.push(...own)
  describe(file, () => {
    for (const check of unique(own.flatMap(({ check, also }) => [check, ...also]))) {
      if (!(check in rejections)) {
        const { line } = own.find((given) => given.check === check || given.also.includes(check))!
        it(check, () =>
          expect.fail(`conformance/${file}:${line}: no rejection and no warning has the id \`${check}\``),
        )
      }
    }
    for (const given of own) {
      const { line, check, kind, name } = given
      it(`${check}, ${kind}: ${name} (line ${line})`, () => judges[kind](given, findings(given)))
    }
  })
}

describe('each check has cases', () => {
  it.each(Object.keys(rejections))('%s', (id) => {
    const kinds = unique(cases.filter(({ check }) => check === id).map(({ kind }) => kind))
    expect(kinds).toEqual(accepted(id) ? ['valid', 'warns'] : ['invalid', 'valid'])
  })
})
