import { describe, expect, it } from 'vitest'
import { loadBase } from '../../scripts/conformance/cases.mjs'
import { judge } from '../../src/apiserver/index.ts'
import { applyEdits } from '../../src/fix/index.ts'
import { parse } from '../../src/parse/index.ts'
import { mayBeDaemonSet, normaliseVersions } from '../../src/schema/index.ts'
import { judgeText } from './shared.ts'

/** The base with lines added to the pod's spec, and annotations. */
function daemonSet(spec: string, annotations: Record<string, string> = {}): string {
  const lines = Object.entries(annotations).map(([key, value]) => `        ${key}: ${value}\n`)
  const text = loadBase()
    .replace(/^ {6}containers:/m, `${spec.replace(/^/gm, '      ')}\n      containers:`)
    .replace(
      /^ {6}labels:\n {8}app: agent\n {4}spec:/m,
      (labels) => `${lines.length > 0 ? `      annotations:\n${lines.join('')}` : ''}${labels}`,
    )
  return text
}

const ids = (text: string, versions?: string | string[]) =>
  judgeText(text, versions).problems.map(({ ruleId }) => ruleId.replace('api-server/', ''))

/** What the text becomes by the first suggestion of the first finding. */
function suggested(text: string, suggestion = 0): string {
  const [problem] = judgeText(text).problems
  return applyEdits(text, [problem!.suggestions![suggestion]!.fix]).output
}

const apparmor = 'container.apparmor.security.beta.kubernetes.io/'
const seccomp = 'container.seccomp.security.alpha.kubernetes.io/'

describe('for several versions', () => {
  it('allows what all of them allow', () => {
    const text = daemonSet('dnsConfig: { searches: [my_agents.example.com] }')
    expect(ids(text, ['1.32', '1.36'])).toEqual(['dns-search'])
    expect(ids(text, ['1.33', '1.36'])).toEqual([])
  })

  it('refuses what one of them refuses', () => {
    const text = daemonSet('hostAliases: [{ ip: 010.9.8.7 }]')
    expect(ids(text, ['1.35', '1.36'])).toEqual(['host-alias'])
    expect(ids(text, ['1.34', '1.35'])).toEqual(['non-canonical-ip'])
  })
})

describe('an annotation that a field took the place of', () => {
  it('becomes the field', () => {
    const text = daemonSet('hostNetwork: true', { [`${apparmor}agent`]: 'localhost/agent' })
    expect(ids(text)).toEqual(['deprecated-annotation'])
    const output = suggested(text)
    expect(ids(output)).toEqual([])
    const agent = parse(output).children[0]!.value as never as {
      spec: { template: { spec: { containers: { securityContext: unknown }[] } } }
    }
    expect(agent.spec.template.spec.containers[0]!.securityContext).toEqual({
      appArmorProfile: { type: 'Localhost', localhostProfile: 'agent' },
    })
  })

  it('becomes the field that means the same under another name', () => {
    const output = suggested(daemonSet('hostNetwork: true', { [`${seccomp}agent`]: 'docker/default' }))
    expect(ids(output)).toEqual([])
    expect(output).toContain('type: RuntimeDefault')
  })

  it('is only removed where no field would mean the same', () => {
    const text = daemonSet('hostNetwork: true', { 'security.alpha.kubernetes.io/sysctls': 'a=b' })
    expect(judgeText(text).problems[0]!.suggestions!.map(({ message }) => message)).toEqual([
      'Remove the annotation.',
    ])
  })
})

describe('what is not known', () => {
  it('may be the container that an annotation is for', () => {
    const annotations = { [`${apparmor}other`]: 'runtime/default' }
    expect(ids(daemonSet('hostNetwork: true', annotations))).toEqual(['app-armor-annotation'])
    const init = 'initContainers: [{ name: "${NAME}", image: example.com/setup }]'
    expect(ids(daemonSet(init, annotations))).toEqual([])
    expect(ids(daemonSet('initContainers: ${CONTAINERS}', annotations))).toEqual([])
  })

  it('may be a container of the manifest that a patch is for', () => {
    const text = daemonSet('hostNetwork: true', { [`${apparmor}other`]: 'runtime/default' })
    const root = parse(text, { wants: mayBeDaemonSet, context: { role: 'patch' } })
    expect(judge(root, { kubernetesVersions: normaliseVersions(undefined) }).problems).toEqual([])
  })

  it('may be a key, an effect or an operator of a toleration', () => {
    const lines = [
      'tolerations:',
      '- { key: "${KEY}" }',
      '- { key: gpu, effect: "${EFFECT}", tolerationSeconds: 3 }',
      '- { key: gpu, operator: "${OPERATOR}", value: my gpu }',
      '- ${TOLERATION}',
    ]
    expect(ids(daemonSet(lines.join('\n')))).toEqual([])
  })

  it('may be the old annotation of tolerations', () => {
    expect(
      ids(
        daemonSet('hostNetwork: true', { 'scheduler.alpha.kubernetes.io/tolerations': '"{{ .Values.t }}"' }),
      ),
    ).toEqual([])
  })
})

describe('the old annotation of tolerations', () => {
  it.each([
    ['[{"tolerationSeconds": 1e1, "key": "a", "effect": "NoExecute"}]', 'whole number'],
    ['[{"tolerationSeconds": 9223372036854775808, "key": "a", "effect": "NoExecute"}]', 'whole number'],
    ['[{"value": true, "key": "a"}]', 'no text in `value`'],
    ['[null, 3]', 'item 2 is no toleration'],
    ['[{"key": "a"}', 'cannot be parsed'],
  ])('%s', (json, words) => {
    const text = daemonSet('hostNetwork: true', {
      'scheduler.alpha.kubernetes.io/tolerations': `'${json}'`,
    })
    const [problem, ...others] = judgeText(text).problems
    expect(others).toEqual([])
    expect(problem!.message).toContain(words)
  })

  it('bears what is nested deeply', () => {
    const json = `[{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}]`
    const text = daemonSet('hostNetwork: true', {
      'scheduler.alpha.kubernetes.io/tolerations': `'${json}'`,
    })
    expect(() => judgeText(text)).not.toThrow()
  })
})

it('bears keys that every object has, and endless values', () => {
  const long = 'x'.repeat(100_000)
  const text = daemonSet(
    [
      'nodeSelector: { __proto__: a, constructor: b, hasOwnProperty: c }',
      `hostname: ${long}`,
      `priorityClassName: ${long}`,
      `tolerations: [{ key: ${long}, operator: ${long}, effect: ${long} }]`,
      `hostAliases: [{ ip: '${'1:'.repeat(50_000)}', hostnames: [${long}] }]`,
      'terminationGracePeriodSeconds: -9223372036854775808',
    ].join('\n'),
    { ['__proto__']: 'a', toString: 'b', [`${seccomp}__proto__`]: long },
  )
  const { problems } = judgeText(text)
  expect(problems.length).toBeGreaterThan(6)
  for (const { message } of problems) expect(message.length).toBeLessThan(400)
})
