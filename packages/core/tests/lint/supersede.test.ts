import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/lint/config.ts'
import { lint } from '../../src/lint/lint.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import type { AnyRule } from '../../src/lint/rule.ts'
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

describe('a rule that supersedes a warning of the API server', () => {
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b' }
  const text = JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', ownerReferences: [owner, owner] },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: {
        metadata: { labels: { app: 'agent' } },
        spec: {
          nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
          containers: [{ name: 'agent', image: 'example.com/agent:1.4.2' }],
        },
      },
    },
  })
  const rule = (label: string): AnyRule => ({
    meta: {
      type: 'problem',
      docs: { description: 'd', category: 'correctness', presets: {} },
      messages: { old: 'old' },
      supersedes: ['api-server/deprecated-node-selector', 'api-server/duplicate-owner-reference'],
    },
    create: (context) => ({
      podTemplate: (node) =>
        context.report({ node, path: ['spec', 'nodeSelector', label], on: 'key', messageId: 'old' }),
    }),
  })
  const found = (label: string, severity: 'warn' | 'off') => {
    const config = resolveConfig(
      [{ plugins: { own: { rules: { old: rule(label) } } }, rules: { 'own/old': severity } }],
      {
        filePath: 'a.yaml',
        builtin: { rules: {} },
      },
    )
    return lint(text, { config, filePath: 'a.yaml' }).problems.map(({ ruleId }) => ruleId)
  }

  it('speaks instead of it, at the same place only', () => {
    expect(found('beta.kubernetes.io/os', 'off')).toEqual([
      'api-server/duplicate-owner-reference',
      'api-server/deprecated-node-selector',
    ])
    expect(found('beta.kubernetes.io/os', 'warn')).toEqual([
      'api-server/duplicate-owner-reference',
      'own/old',
    ])
  })
})
