import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/lint/config.ts'
import { daemonSet, lintToy } from './toy.ts'

const rules = { memory: 'warn', cpu: 'info' } as const

function ids(text: string, config: Config[] = []) {
  const { problems, suppressed } = lintToy(text, [{ rules }, ...config])
  return {
    problems: problems.map(({ ruleId }) => ruleId),
    suppressed: suppressed.map(({ ruleId }) => ruleId),
  }
}

describe('a rule that supersedes another', () => {
  it('speaks alone', () => {
    expect(ids(daemonSet())).toEqual({ problems: ['memory'], suppressed: [] })
    expect(ids(daemonSet(), [{ rules: { memory: 'off' } }])).toEqual({ problems: ['cpu'], suppressed: [] })
  })

  it('is accepted with what follows from it, by a directive', () => {
    const text = daemonSet().replace(
      '- name: agent',
      '- name: agent # daemonlint-disable-line memory -- no limit is wanted',
    )
    expect(ids(text)).toEqual({ problems: [], suppressed: ['memory'] })
  })

  it('is accepted with what follows from it, by an entry for certain resources', () => {
    const entry: Config = { resources: [{ name: 'agent' }], reason: 'r', rules: { memory: 'off' } }
    expect(ids(daemonSet(), [entry])).toEqual({ problems: [], suppressed: ['memory'] })
    const other: Config = { ...entry, resources: [{ name: 'other' }] }
    expect(ids(daemonSet(), [other])).toEqual({ problems: ['memory'], suppressed: [] })
  })

  it('does not silence the other elsewhere', () => {
    const both = daemonSet('image: good:1\nresources: { limits: { memory: 1Gi } }')
    expect(ids(`${both}---\n${daemonSet(undefined, { name: 'second' })}`).problems).toEqual(['cpu', 'memory'])
  })
})
