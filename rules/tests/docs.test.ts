import { describe, expect, it } from 'vitest'
import { rules } from '../src/index.ts'
import { examplesOf } from './examples.ts'
import { lintWith, show } from './lint.ts'

for (const id of Object.keys(rules)) {
  describe(`docs/rules/${id}.md`, () => {
    const examples = examplesOf(id)

    it('has an incorrect and a correct example', () => {
      expect(new Set(examples.map((example) => example.kind))).toEqual(new Set(['incorrect', 'correct']))
    })

    it.each(examples)('$kind example on line $line', ({ kind, text, options, previous }) => {
      const problems = lintWith(text, { [id]: ['warn', ...options] }, { previous })
      expect(problems.filter((problem) => problem.rejected).map(show)).toEqual([])
      const found = problems.filter((problem) => problem.ruleId === id).map(show)
      if (kind === 'correct') expect(found).toEqual([])
      else expect(found).not.toEqual([])
    })
  })
}
