import { describe, expect, it } from 'vitest'
import { toVFileMessage } from '../../src/lint/vfile.ts'
import type { Problem } from '../../src/problem.ts'
import { daemonSet, lintToy } from './toy.ts'

const text = daemonSet()

function messages(config: Parameters<typeof lintToy>[1], source = text) {
  return lintToy(source, config).problems.map((problem) =>
    toVFileMessage(problem, { filePath: 'a.yaml', text: source }),
  )
}

describe('toVFileMessage', () => {
  it('has what VFile knows, and what JSON output needs', () => {
    const [message] = messages({ rules: { image: 'warn' } })
    expect(message).toMatchObject({
      reason: 'Container `agent` has `bad`; wanted `good:1`.',
      name: 'a.yaml:14:18-14:21',
      file: 'a.yaml',
      line: 14,
      column: 18,
      ruleId: 'image',
      source: 'daemonlint',
      url: 'https://example.com/image',
      fatal: false,
      field: 'spec.template.spec.containers[0].image',
      expected: ['good:1'],
      actual: 'bad',
    })
    expect(message?.place).toMatchObject({ start: { line: 14 }, end: { line: 14, column: 21 } })
    expect(message?.fix?.edits).toHaveLength(1)
  })

  it('maps severities: true, false, null', () => {
    expect(messages({ rules: { image: 'error' } })[0]?.fatal).toBe(true)
    expect(messages({ rules: { image: 'info' } })[0]?.fatal).toBeNull()
  })

  it('keeps rejection apart from severity', () => {
    const rejected = messages({}, daemonSet('image: good:1\nimagee: x'))
    expect(rejected[0]).toMatchObject({ rejected: true, fatal: true, ruleId: 'api-server/unknown-field' })
    expect(messages({ rules: { image: 'error' } })[0]?.rejected).toBeUndefined()
  })

  it('lists suggestions and the second place in the note', () => {
    const [message] = messages({ rules: { memory: 'warn' } })
    expect(message?.note).toBe('Suggestions:\n- Limit it to 64Mi.\n- Limit it to 1Gi.')
    expect(message?.suggestions).toHaveLength(2)
    expect(message?.expected).toBeUndefined()
    const [problem] = lintToy(text, { rules: { image: 'warn' } }).problems
    const related = { position: problem!.position, message: 'First here' }
    expect(toVFileMessage({ ...problem, related } as Problem).note).toBe('First here (14:18)')
  })

  it('expects nothing of a fix that changes another place', () => {
    const [problem] = lintToy(text, { rules: { image: 'warn' } }).problems
    const moved = { ...problem, fix: { edits: [{ range: [0, 1], text: '' }] } } as Problem
    expect(toVFileMessage(moved, { text }).expected).toBeUndefined()
    expect(toVFileMessage(moved).name).toBe('14:18-14:21')
  })
})
