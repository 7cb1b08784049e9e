import { expect, it } from 'vitest'
import {
  applySuppressions,
  checkSuppressions,
  type Problem,
  passOver,
  recordSuppressions,
} from '../../src/index.ts'

interface Finding {
  ruleId?: string
  message?: string
  name?: string
  container?: string
  severity?: Problem['severity']
}

function problem({
  ruleId = 'image-tag',
  message = 'Bad.',
  name = 'agent',
  container,
  severity,
}: Finding = {}) {
  const at = { line: 1, column: 1, offset: 0 }
  const resource =
    name === '' ? undefined : { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'logs', name }
  return {
    ruleId,
    message,
    severity: severity ?? 'warn',
    position: { start: at, end: at },
    ...(resource && { resource }),
    ...(container && { container }),
  } satisfies Problem
}

const key = 'DaemonSet logs/agent'
const file = (path: string, problems: Problem[], resources = [key], hasUnseen = false) => ({
  path,
  problems,
  resources,
  hasUnseen,
})
const never = { isGone: () => false }
const messages = (problems: readonly Problem[]) => problems.map(({ message }) => message)

it('records counts by file, resource, container and rule, sorted', () => {
  const recorded = recordSuppressions([
    file('b.yaml', [
      problem({ container: 'main' }),
      problem({ ruleId: 'a-rule' }),
      problem({ ruleId: 'a-rule' }),
    ]),
    file('a.yaml', [problem({ name: '', ruleId: 'api-server/yaml-syntax', severity: 'error' })]),
    file('clean.yaml', []),
  ])
  expect(JSON.stringify(recorded)).toMatch(
    /^\{"a\.yaml":\{"\(file\)":\{"api-server\/yaml-syntax":\{"count":1/,
  )
  expect(recorded).toMatchObject({
    'b.yaml': { [key]: { 'a-rule': { count: 2 } }, [`${key} > main`]: { 'image-tag': { count: 1 } } },
  })
  expect(Object.keys(recorded)).toEqual(['a.yaml', 'b.yaml'])
})

it('passes over what was recorded, and says so', () => {
  const found = [problem({ severity: 'error' }), problem({ container: 'main' })]
  const { files, unused, used } = applySuppressions(
    [file('a.yaml', found)],
    recordSuppressions([file('a.yaml', found)]),
    never,
  )
  expect(files[0]!.problems).toEqual([])
  expect(files[0]!.suppressed.map(({ suppressions }) => suppressions)).toEqual([
    [{ kind: 'file', justification: '' }],
    [{ kind: 'file', justification: '' }],
  ])
  expect(unused).toBe(0)
  expect(used).toEqual(recordSuppressions([file('a.yaml', found)]))
  expect(found[0]).not.toHaveProperty('suppressions')
})

it('shows of several findings of one rule the one that is new', () => {
  const recorded = recordSuppressions([
    file('a.yaml', [problem({ message: 'One.' }), problem({ message: 'Two.' })]),
  ])
  const found = [problem({ message: 'New.' }), problem({ message: 'Two.' }), problem({ message: 'One.' })]
  expect(messages(applySuppressions([file('a.yaml', found)], recorded, never).files[0]!.problems)).toEqual([
    'New.',
  ])
})

it('passes over as many as before where they say something else now', () => {
  const recorded = recordSuppressions([
    file('a.yaml', [problem({ message: 'agent:1' }), problem({ message: 'agent:2' })]),
  ])
  const found = ['agent:3', 'agent:4', 'agent:5'].map((message) => problem({ message }))
  expect(messages(applySuppressions([file('a.yaml', found)], recorded, never).files[0]!.problems)).toEqual([
    'agent:5',
  ])
})

it('does not let one container, rule or resource have what is for another', () => {
  const recorded = recordSuppressions([file('a.yaml', [problem({ container: 'main' })])])
  const others = [
    problem({ container: 'side' }),
    problem(),
    problem({ container: 'main', ruleId: 'other' }),
    problem({ container: 'main', name: 'other' }),
  ]
  const { files, unused } = applySuppressions([file('a.yaml', others)], recorded, never)
  expect(files[0]!.problems).toEqual(others)
  expect(unused).toBe(1)
})

it('follows a file that has a new name', () => {
  const recorded = recordSuppressions([file('old.yaml', [problem()])])
  const { files, unused, used } = applySuppressions([file('new/name.yaml', [problem()])], recorded, {
    isGone: (path) => path === 'old.yaml',
  })
  expect(files[0]!.problems).toEqual([])
  expect(unused).toBe(0)
  expect(used).toEqual(recordSuppressions([file('new/name.yaml', [problem()])]))
})

it('follows a resource into another file, but not where it stays as well', () => {
  const recorded = recordSuppressions([file('both.yaml', [problem()])])
  const moved = applySuppressions([file('both.yaml', [], []), file('own.yaml', [problem()])], recorded, never)
  expect(moved.files[1]!.problems).toEqual([])
  const copied = applySuppressions(
    [file('both.yaml', [], [key]), file('own.yaml', [problem()])],
    recorded,
    never,
  )
  expect(copied.files[1]!.problems).toHaveLength(1)
  expect(copied.unused).toBe(1)
})

it('follows what is about no resource only where it says the same', () => {
  const broken = problem({ name: '', ruleId: 'api-server/yaml-syntax', message: 'Line 3.' })
  const recorded = recordSuppressions([file('old.yaml', [broken])])
  const left = (problems: Problem[], path: string) =>
    applySuppressions([file(path, problems, [])], recorded, {
      isGone: (gone) => gone === 'old.yaml' && path !== 'old.yaml',
    }).files[0]!.problems
  expect(left([broken], 'new.yaml')).toEqual([])
  expect(left([{ ...broken, message: 'Line 7.' }], 'new.yaml')).toHaveLength(1)
  expect(left([{ ...broken, message: 'Line 7.' }], 'old.yaml')).toEqual([])
})

it('keeps the suppressions of files that were not linted', () => {
  const recorded = recordSuppressions([
    file('a.yaml', [problem()]),
    file('b.yaml', [problem()]),
    file('gone.yaml', [problem()]),
  ])
  const { used, unused } = applySuppressions([file('a.yaml', [])], recorded, {
    isGone: (path) => path === 'gone.yaml',
  })
  expect(Object.keys(used)).toEqual(['b.yaml'])
  expect(unused).toBe(1)
})

it('keeps those of a gone file that the run was not to look for', () => {
  const recorded = recordSuppressions([file('gone.yaml', [problem(), problem({ message: 'Other.' })])])
  const { used, unused } = applySuppressions([file('a.yaml', [problem({ message: 'Other.' })])], recorded, {
    isGone: (path) => path === 'gone.yaml',
    isMeant: (path) => path !== 'gone.yaml',
  })
  expect(used).toEqual(
    recordSuppressions([file('a.yaml', [problem({ message: 'Other.' })]), file('gone.yaml', [problem()])]),
  )
  expect(unused).toBe(0)
})

it('keeps those of what cannot be decoded at the moment, and gives them to nobody', () => {
  const other = 'DaemonSet logs/other'
  const recorded = recordSuppressions([
    file('a.yaml', [problem(), problem({ name: 'other' }), problem({ name: '' })]),
  ])
  const broken = problem({ ruleId: 'api-server/unknown-field', severity: 'error' })
  const files = [file('a.yaml', [broken], [other], true), file('b.yaml', [problem()])]
  const outcome = applySuppressions(files, recorded, never)
  expect(outcome.files.map(({ problems }) => problems.length)).toEqual([1, 1])
  expect(outcome.unused).toBe(1)
  expect(outcome.used).toEqual(recordSuppressions([file('a.yaml', [problem(), problem({ name: '' })])]))
})

it('records what is found of a file in several parts', () => {
  const parts = [file('a.yaml', [problem()]), file('a.yaml', [problem({ message: 'Other.' })])]
  const recorded = recordSuppressions(parts)
  expect(recorded['a.yaml']![key]!['image-tag']).toMatchObject({ count: 2 })
  const { files, unused } = applySuppressions(parts, recorded, never)
  expect(files.flatMap(({ problems }) => problems)).toEqual([])
  expect(unused).toBe(0)
})

it('records a file of any name', () => {
  const recorded = recordSuppressions([file('__proto__', [problem()])])
  expect(Object.keys(recorded)).toEqual(['__proto__'])
  const read = checkSuppressions(JSON.parse(JSON.stringify(recorded)))
  expect(read).toEqual({ suppressions: recorded })
})

it('does not make suggestions that nobody asks for', () => {
  const found = Object.defineProperty(problem(), 'suggestions', {
    enumerable: true,
    configurable: true,
    get: () => {
      throw new Error('asked')
    },
  })
  const recorded = recordSuppressions([file('a.yaml', [problem()])])
  expect(applySuppressions([file('a.yaml', [found])], recorded, never).files[0]!.suppressed).toHaveLength(1)
})

it('records what is found in a file and in what was rendered from it', () => {
  const found = [file('a.yaml', [problem()]), file('a.yaml', [problem({ ruleId: 'other' })])]
  const recorded = recordSuppressions(found)
  expect(Object.keys(recorded['a.yaml']![key]!)).toEqual(['image-tag', 'other'])
  expect(applySuppressions(found, recorded, never)).toMatchObject({ unused: 0, used: recorded })
})

it('takes counts written by hand', () => {
  const checked = checkSuppressions({ 'a.yaml': { [key]: { 'image-tag': { count: 1 } } } })
  expect(checked).toHaveProperty('suppressions')
  if (!('suppressions' in checked)) return
  expect(
    applySuppressions([file('a.yaml', [problem()])], checked.suppressions, never).files[0]!.problems,
  ).toEqual([])
})

it.each([
  [[], 'it is no object'],
  [{ 'a.yaml': 1 }, "'a.yaml' is no object"],
  [{ 'a.yaml': { x: null } }, "'x' of 'a.yaml' is no object"],
  [{ 'a.yaml': { x: { rule: {} } } }, "'rule' of 'x' of 'a.yaml' has no count"],
  [
    { 'a.yaml': { x: { rule: { count: 1, digests: [1] } } } },
    "'rule' of 'x' of 'a.yaml' has digests that are no list of texts",
  ],
])('refuses %j', (value, fault) => {
  expect(checkSuppressions(value)).toEqual({ fault })
})

it('looks for the files of a record only where a finding may have come from one', () => {
  const many = Array.from({ length: 500 }, (_, index) =>
    file(`${index}.yaml`, [problem({ name: `agent-${index}`, ruleId: 'update-strategy' })]),
  )
  const recorded = recordSuppressions([...many, file('old.yaml', [problem()])])
  const asked: string[] = []
  const isGone = (path: string) => {
    asked.push(path)
    return path === 'old.yaml'
  }
  const found = [problem(), problem({ container: 'main' }), problem({ ruleId: 'another' })]
  const [{ problems } = { problems: [] }] = passOver([file('new.yaml', found)], recorded, isGone)
  expect(problems).toEqual(found.slice(1))
  expect(asked).toEqual(['old.yaml'])
  expect(applySuppressions([file('new.yaml', found)], recorded, { isGone }).files[0]!.problems).toEqual(
    problems,
  )
})
