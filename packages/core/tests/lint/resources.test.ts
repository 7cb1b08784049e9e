import { describe, expect, it } from 'vitest'
import type { Config, ResourceMatch } from '../../src/lint/config.ts'
import { createConfigResolver } from '../../src/lint/resolve-config.ts'
import { daemonSet, lintToy, places, toys } from './toy.ts'

const two = `${daemonSet()}---\n${daemonSet('image: bad', { name: 'legacy-a', metadata: 'namespace: kube-system\nlabels: { tier: node }' })}`

function suppressedBy(match: ResourceMatch, more: Config = {}) {
  const config = [
    { rules: { image: 'warn' as const } },
    { name: 'old', reason: 'since 2019', resources: [match], rules: { image: 'off' as const }, ...more },
  ]
  return lintToy(two, config)
}

describe('entries for resources', () => {
  it.each<[string, ResourceMatch, number[]]>([
    ['a name', { name: 'agent' }, [0]],
    ['a glob', { name: 'legacy-*' }, [1]],
    ['one of several', { name: ['x', '?gent'] }, [0]],
    ['a namespace', { namespace: 'kube-*' }, [1]],
    ['a kind', { kind: 'DaemonSet' }, [0, 1]],
    ['another kind', { kind: ['Deployment'] }, []],
    ['labels', { labels: { tier: 'n*' } }, [1]],
    ['other labels', { labels: { tier: 'node', app: '*' } }, []],
    ['a container', { container: 'agent' }, [0, 1]],
    ['another container', { container: 'other' }, []],
    ['all that is given', { name: 'legacy-a', namespace: 'default' }, []],
    ['no regular expression', { name: 'a.ent' }, []],
  ])('match by %s', (_, match, documents) => {
    const { suppressed, problems, usedEntries } = suppressedBy(match)
    expect(suppressed.map(({ manifest }) => manifest?.document)).toEqual(documents)
    expect(problems).toHaveLength(2 - documents.length)
    expect([...usedEntries]).toEqual(documents.length > 0 ? ['config[1] "old": image'] : [])
    for (const { suppressions, severity } of suppressed) {
      expect(suppressions).toEqual([{ kind: 'config', justification: 'since 2019' }])
      expect(severity).toBe('warn')
    }
  })

  it('tell of themselves, so that a run can name those that nothing used', () => {
    const configs: Config[] = [
      { resources: [{ name: 'a' }], rules: { image: 'off', cpu: 'info' } },
      { files: ['x'], resources: [{ name: 'b' }], reason: 'r', extends: { rules: { memory: 'off' } } },
    ]
    const { entries } = createConfigResolver(configs, { builtin: toys })
    expect(entries.map(({ id, ruleId, reason }) => [id, ruleId, reason])).toEqual([
      ['config[0]: image', 'image', undefined],
      ['config[0]: cpu', 'cpu', undefined],
      ['config[1] > extends[0]: memory', 'memory', 'r'],
    ])
  })

  it('change severities and options for their resources alone', () => {
    const { problems, usedEntries } = lintToy(two, [
      { rules: { image: 'warn' } },
      { resources: [{ name: 'agent' }], rules: { image: ['error', { wanted: 'best:1' }] } },
      { resources: [{ name: 'legacy-*' }], rules: { image: 'info' } },
    ])
    expect(problems.map(({ severity, message }) => [severity, message.slice(-14)])).toEqual([
      ['error', 'anted `best:1`.'.slice(-14)],
      ['info', 'anted `good:1`.'.slice(-14)],
    ])
    expect(usedEntries.size).toBe(2)
  })

  it('turn a rule on for their resources alone, and the last one decides', () => {
    const on: Config = { resources: [{ kind: '*' }], rules: { image: 'warn' } }
    expect(places(lintToy(two, [on]).problems)).toHaveLength(2)
    const { problems, suppressed } = lintToy(two, [
      on,
      { resources: [{ name: 'agent' }], rules: { image: 'off' } },
    ])
    expect([problems.length, suppressed.length]).toEqual([1, 1])
    const again: Config = { resources: [{ name: 'agent' }], rules: { image: 'error' } }
    const back = lintToy(two, [on, { resources: [{ name: 'agent' }], rules: { image: 'off' } }, again])
    expect(back.problems.map(({ severity }) => severity)).toEqual(['error', 'warn'])
  })

  it('are overridden by later objects that set the rule for all resources', () => {
    const entry: Config = { resources: [{ name: 'agent' }], rules: { image: 'error', cpu: 'off' } }
    const overridden = [entry, { rules: { image: 'off' as const } }]
    const { problems, usedEntries } = lintToy(daemonSet(), overridden)
    expect(problems.map(({ ruleId }) => ruleId)).not.toContain('image')
    expect(usedEntries.size).toBe(0)
    const resolver = createConfigResolver(overridden, { builtin: toys })
    expect(resolver.forFile('a.yaml').rules.image?.severity).toBe('off')
    expect(resolver.forFile('a.yaml').entries.map(({ ruleId }) => ruleId)).toEqual(['cpu'])
    expect(resolver.entries.map(({ ruleId }) => ruleId)).toEqual(['cpu'])
    // An exception comes after what it is an exception from.
    const excepted: Config[] = [{ rules: { image: 'error' } }, { ...entry, rules: { image: 'off' } }]
    expect(lintToy(daemonSet(), [...excepted, { rules: { image: 'warn' } }]).problems[0]?.severity).toBe(
      'warn',
    )
    expect(lintToy(daemonSet(), excepted).suppressed).toHaveLength(1)
  })

  it('are overridden only in the files of such objects', () => {
    const configs: Config[] = [
      { resources: [{ name: 'agent' }], rules: { image: 'error' } },
      { files: ['test/**'], rules: { image: 'off' } },
    ]
    const resolver = createConfigResolver(configs, { builtin: toys })
    expect(resolver.forFile('a.yaml').entries).toHaveLength(1)
    expect(resolver.forFile('test/a.yaml').entries).toHaveLength(0)
    expect(resolver.entries).toHaveLength(1)
  })

  it('are used when a resource matches, even if the rule finds nothing there', () => {
    const config: Config[] = [{ resources: [{ container: 'agent' }], rules: { image: 'error' } }]
    const { usedEntries, problems } = lintToy(daemonSet('image: good:1'), config)
    expect(problems).toEqual([])
    expect([...usedEntries]).toEqual(['config[0]: image'])
    const off: Config[] = [
      { rules: { image: 'warn' } },
      { resources: [{ name: '*' }], rules: { image: 'off' } },
    ]
    expect(lintToy(daemonSet('image: good:1'), off).usedEntries.size).toBe(0)
  })

  it('must match the resources of the object that extends them, too', () => {
    const inner: Config = { resources: [{ name: 'agent' }], rules: { image: 'off' } }
    const outer: Config[] = [
      { rules: { image: 'warn' } },
      { resources: [{ namespace: 'kube-system' }], extends: inner },
    ]
    expect(lintToy(two, outer).suppressed).toHaveLength(0)
  })

  it('cannot hide what the API server refuses, unless that is allowed', () => {
    const text = daemonSet('image: good:1\nimagee: x')
    const rules = { 'api-server/unknown-field': 'off' } as const
    const entry: Config = { resources: [{ name: 'agent' }], reason: 'r', rules }
    expect(lintToy(text, [entry]).problems).toHaveLength(1)
    expect(lintToy(text, { rules }).problems).toHaveLength(1)
    const allowed: Config = { linterOptions: { allowRejected: true } }
    const { problems, suppressed, usedEntries } = lintToy(text, [allowed, entry])
    expect([problems.length, suppressed.length, usedEntries.size]).toEqual([0, 1, 1])
    const off = lintToy(text, [allowed, { rules }])
    expect([off.problems.length, off.suppressed.length]).toEqual([0, 0])
    const warned = lintToy(text, [allowed, { rules: { 'api-server/unknown-field': 'warn' } }])
    expect(warned.problems[0]).toMatchObject({ severity: 'warn', rejected: true })
  })
})
