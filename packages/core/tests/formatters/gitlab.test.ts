import { describe, expect, it } from 'vitest'
import { gitlab } from '../../src/formatters/gitlab.ts'
import { bad, clean, hostile, located, options } from './results.ts'

const read = (...results: Parameters<typeof gitlab>[0]) => JSON.parse(gitlab(results, options))

describe('gitlab', () => {
  it.skip("is held to a published schema: no package of npm carries one of GitLab's report", () => {})

  it("has the shape of GitLab's code quality report", () => {
    const issues = read(bad, clean)
    expect(issues).toHaveLength(3)
    expect(issues[1]).toEqual({
      type: 'issue',
      check_name: 'image-tag',
      description: bad.problems[1]!.message,
      categories: ['Bug Risk'],
      severity: 'minor',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      location: {
        path: 'bad.yaml',
        lines: { begin: 10, end: 10 },
        positions: { begin: { line: 10, column: 18 }, end: { line: 10, column: 38 } },
      },
    })
  })

  it("uses GitLab's severities", () => {
    const severities = read({ ...bad, problems: [...bad.problems, { ...located, severity: 'error' }] }).map(
      ({ severity }: { severity: string }) => severity,
    )
    expect(severities).toEqual(['blocker', 'minor', 'info', 'major'])
  })

  it('gives each finding a fingerprint of its own, the same after a line was added', () => {
    const prints = (...results: Parameters<typeof gitlab>[0]): string[] =>
      read(...results).map(({ fingerprint }: { fingerprint: string }) => fingerprint)
    const twice = { ...bad, problems: [located, located] }
    const all = prints(bad, twice, { ...twice, displayPath: 'copy.yaml' })
    expect(new Set(all).size).toBe(all.length)
    const moved = { ...located, position: { start: { line: 90, column: 1 }, end: { line: 90, column: 2 } } }
    expect(prints({ ...bad, problems: [moved] })).toEqual(prints({ ...bad, problems: [located] }))
  })

  it('is a list whatever there is', () => {
    expect(read(clean)).toEqual([])
    expect(read(hostile)[0].location.path).toBe(hostile.displayPath)
  })
})
