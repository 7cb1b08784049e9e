import { describe, expect, it } from 'vitest'
import { defineRule } from '../../src/define.ts'
import { lint } from '../../src/lint/lint.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import { daemonSet } from './toy.ts'

describe('walk', () => {
  it.each([
    async () => {},
    async () => {
      throw new Error('later')
    },
  ])('refuses visitors that are not done when they return', async (container) => {
    const rule = defineRule({
      meta: {
        type: 'problem',
        docs: { description: 'x', category: 'correctness', presets: {} },
        messages: {},
      },
      create: () => ({ container }),
    })
    const config = resolveConfig({ rules: { own: 'warn' } }, { builtin: { rules: { own: rule } } })
    expect(() => lint(daemonSet(), { config, filePath: 'a.yaml' })).toThrow(
      "Rule 'own' failed at a.yaml:13: its visitor 'container' is asynchronous; visitors must be done when they return",
    )
    // A rejection that nobody handles would fail the test.
    await new Promise((resolve) => setTimeout(resolve, 1))
  })
})
