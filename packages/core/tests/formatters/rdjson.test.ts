import { describe, expect, it } from 'vitest'
import { rdjson } from '../../src/formatters/rdjson.ts'
import { bad, clean, hostile, imageTag, located, options, placeOf, source } from './results.ts'

const read = (...results: Parameters<typeof rdjson>[0]) => JSON.parse(rdjson(results, options))

/** `reviewdog.proto`: the fields that there are, and of which type. protojson refuses all others. */
const fields: Record<string, Record<string, string>> = {
  DiagnosticResult: { diagnostics: 'Diagnostic[]', source: 'Source', severity: 'Severity' },
  Diagnostic: {
    message: 'string',
    location: 'Location',
    severity: 'Severity',
    source: 'Source',
    code: 'Code',
    suggestions: 'Suggestion[]',
    original_output: 'string',
  },
  Location: { path: 'string', range: 'Range' },
  Range: { start: 'Position', end: 'Position' },
  Position: { line: 'number', column: 'number' },
  Suggestion: { range: 'Range', text: 'string' },
  Source: { name: 'string', url: 'string' },
  Code: { value: 'string', url: 'string' },
}

/** Why a value is not of a type; empty where it is. */
function faults(value: unknown, type: string, at = ''): string[] {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${at} is no list`]
    return value.flatMap((item, index) => faults(item, type.slice(0, -2), `${at}[${index}]`))
  }
  if (type === 'Severity')
    return ['ERROR', 'WARNING', 'INFO'].includes(String(value)) ? [] : [`${at}: ${value}`]
  const known = fields[type]
  if (!known) return typeof value === type && value !== 0 ? [] : [`${at}: ${JSON.stringify(value)}`]
  return Object.entries(value as object).flatMap(([key, item]) =>
    known[key] ? faults(item, known[key], `${at}.${key}`) : [`${at}.${key} is unknown`],
  )
}

describe('rdjson', () => {
  it.skip("is held to a published schema: no package of npm carries one of reviewdog's format", () => {})

  it("is reviewdog's DiagnosticResult", () => {
    expect(faults(read(bad, clean, hostile), 'DiagnosticResult')).toEqual([])
    expect(faults({ diagnostics: [{ rule: 1, location: { path: 1 } }] }, 'DiagnosticResult')).toHaveLength(2)
    expect(read(clean)).toEqual({ source: { name: 'daemonlint' }, diagnostics: [] })
  })

  it('says what and where', () => {
    const { diagnostics } = read(bad)
    expect(diagnostics[0]).toEqual({
      message: 'A DaemonSet needs `spec.selector`. (its labels stand here: line 6)',
      location: { path: 'bad.yaml', range: { start: { line: 5, column: 1 }, end: { line: 5, column: 5 } } },
      severity: 'ERROR',
      code: { value: 'api-server/required' },
    })
    expect(diagnostics.map(({ severity }: { severity: string }) => severity)).toEqual([
      'ERROR',
      'WARNING',
      'INFO',
    ])
    expect(diagnostics[2].code.url).toBe('https://example.com/empty')
  })

  it('suggests the fix, or else what there is to choose from', () => {
    const [{ suggestions }] = read({ ...bad, problems: [located] }).diagnostics
    expect(suggestions).toEqual([
      { range: { start: { line: 10, column: 32 }, end: { line: 10, column: 38 } }, text: '1.0' },
    ])
    expect(read({ ...bad, problems: [imageTag] }).diagnostics[0].suggestions).toHaveLength(1)
  })

  it('counts columns in bytes', () => {
    const text = source.replace('agent\n', '"ü𐐀" # agent\n')
    const problem = { ...located, position: placeOf('# agent', text), fix: undefined, suggestions: [] }
    const [{ location }] = read({ ...bad, source: text, problems: [problem] }).diagnostics
    expect(location.range.start).toEqual({ line: 4, column: problem.position.start.column + 3 })
  })

  it('leaves out columns where the text is not known', () => {
    const [{ location, suggestions }] = read({ ...bad, source: undefined, problems: [located] }).diagnostics
    expect(location.range).toEqual({ start: { line: 10 }, end: { line: 10 } })
    expect(suggestions).toBeUndefined()
  })
})
