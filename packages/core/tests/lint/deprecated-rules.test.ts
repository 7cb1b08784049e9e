import { expect, it } from 'vitest'
import type { Plugin } from '../../src/lint/config.ts'
import { usedDeprecatedRules } from '../../src/lint/deprecated-rules.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import type { RuleMeta } from '../../src/lint/rule.ts'
import { image, memory } from './toy.ts'

const deprecate = (deprecated: RuleMeta['deprecated']) => ({
  ...memory,
  meta: { ...memory.meta, deprecated },
})

const builtin: Plugin = {
  rules: {
    image,
    old: deprecate({ replacedBy: ['memory'] }),
    older: deprecate(true),
    current: deprecate(false),
  },
}

it('lists the deprecated rules that are on, with what replaces them', () => {
  const used = (config: object[]) => usedDeprecatedRules(resolveConfig(config, { builtin }))
  const all = { image: 'warn', old: 'warn', older: 'info', current: 'error' }
  expect(used([{ rules: all }])).toEqual([
    { ruleId: 'old', replacedBy: ['memory'] },
    { ruleId: 'older', replacedBy: [] },
  ])
  expect(used([{ rules: all }, { rules: { old: 'off', older: 'off' } }])).toEqual([])
  const entry = { resources: [{ name: 'agent' }], rules: { older: 'warn' } }
  expect(used([entry])).toEqual([{ ruleId: 'older', replacedBy: [] }])
})
